import { Subject, throwError } from 'rxjs';
import { pipelined } from './pipelined.js';

describe('work that is pipelined', () => {
  const begin = (count: number, inFlight: number) => {
    const begun: Subject<string>[] = [];
    const items = Array.from({ length: count }, (_, index) => index);
    const whole = pipelined(items, inFlight, () => {
      const work = new Subject<string>();
      begun.push(work);
      return work;
    });
    const end = (index: number, value: string) => {
      begun[index]?.next(value);
      begun[index]?.complete();
    };
    return { begun, whole, end };
  };

  it('keeps at most so many items in flight, and returns the results in the order of the items', async () => {
    const { begun, whole, end } = begin(3, 2);
    expect(begun).toHaveLength(2);
    end(1, 'b');
    expect(begun).toHaveLength(3);
    end(2, 'c');
    end(0, 'a');
    expect(await whole).toEqual(['a', 'b', 'c']);
  });

  it('starts nothing after a failure, and rejects with it once everything in flight has ended', async () => {
    const { begun, whole, end } = begin(3, 2);
    const settled = jest.fn();
    const rejected = whole.catch(settled);
    begun[0]?.error(new Error('first'));
    await Promise.resolve();
    expect(begun).toHaveLength(2);
    expect(settled).not.toHaveBeenCalled();
    end(1, 'b');
    await rejected;
    expect(settled).toHaveBeenCalledWith(new Error('first'));
  });

  it('rejects where an item fails at once', async () => {
    const whole = pipelined([1, 2], 2, () => throwError(() => new Error('at once')));
    await expect(whole).rejects.toThrow('at once');
  });

  it('rejects once everything in flight has ended where a later item throws', async () => {
    const begun = new Subject<number>();
    const still = new Subject<number>();
    const whole = pipelined([begun, still, undefined], 2, (work) => {
      if (work === undefined) throw new Error('no message');
      return work;
    });
    const settled = jest.fn();
    const rejected = whole.catch(settled);
    begun.complete();
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();
    still.complete();
    await rejected;
    expect(settled).toHaveBeenCalledWith(new Error('no message'));
  });

  it('resolves without items', async () => {
    expect(await pipelined([], 2, () => new Subject<string>())).toEqual([]);
  });
});
