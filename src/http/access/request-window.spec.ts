import fc from 'fast-check';
import { RequestWindow } from './request-window.js';

describe('the request window of a client', () => {
  const at = (window: RequestWindow, seconds: number[], most: number) =>
    seconds.map((second) => window.countRequest(second, most));

  it('accepts the limit, then returns the seconds until the first expires', () => {
    expect(at(new RequestWindow(), [0, 0, 10, 10, 59, 60], 3)).toEqual([0, 0, 0, 51, 2, 1]);
    expect(at(new RequestWindow(), [5, 5, 66, 66, 66], 2)).toEqual([0, 0, 0, 0, 61]);
  });

  it('does not count rejected requests', () => {
    expect(at(new RequestWindow(), [0, 30, 60, 61, 61, 90, 91], 2)).toEqual([0, 0, 1, 0, 30, 1, 0]);
  });

  it('is empty after a long pause', () => {
    expect(at(new RequestWindow(), [1, 1_000_000, 1_000_000], 1)).toEqual([0, 0, 61]);
  });

  it('counts the last 60 seconds', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 });
    fc.assert(
      fc.property(pauses, fc.integer({ min: 1, max: 5 }), (steps, most) => {
        const window = new RequestWindow();
        const taken: number[] = [];
        let now = 0;
        for (const step of steps) {
          now += step;
          const recent = taken.filter((second) => second >= now - 60);
          const wait = recent.length < most ? 0 : Number(recent[0]) + 61 - now;
          expect(window.countRequest(now, most)).toBe(wait);
          if (wait === 0) taken.push(now);
        }
      }),
    );
  });
});
