import { RequestPacer } from './request-pacer.js';

describe('the pace of requests to the bank', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** When each request begins, in milliseconds, of those that want to at these times. */
  async function beginnings(pace: RequestPacer, wanted: number[]): Promise<number[]> {
    const began: number[] = [];
    const start = Date.now();
    for (const at of wanted) {
      await jest.advanceTimersByTimeAsync(start + at - Date.now());
      void pace.turn().then(() => began.push(Date.now() - start));
    }
    await jest.runAllTimersAsync();
    return began;
  }
  const times = (count: number, at: number) => Array<number>(count).fill(at);

  it.each([
    ['all at once', times(40, 0)],
    ['one, and many within the same second', [0, ...times(9, 900)]],
    ['some, one, and many a second later', [...times(4, 0), 900, ...times(9, 1_900)]],
    [
      'now and then',
      Array.from({ length: 60 }, (_, index) => (index * 7_919) % 4_000).sort(
        (one, other) => one - other,
      ),
    ],
  ])('is never more than so many within any second: %s', async (_, wanted) => {
    const began = await beginnings(new RequestPacer(5), wanted);
    expect(began).toHaveLength(wanted.length);
    for (const first of began) {
      const within = began.filter((each) => first <= each && each < first + 1_000);
      expect(within.length).toBeLessThanOrEqual(5);
    }
  });

  it('loses no time, and lets one through at once after a rest', async () => {
    const pace = new RequestPacer(5);
    expect(await beginnings(pace, [0, 0, 0, 900, 900])).toEqual([0, 200, 400, 900, 1_100]);
  });

  it('does not wait for a clock that is set back', async () => {
    const pace = new RequestPacer(2);
    await beginnings(pace, [0, 0, 0]);
    jest.setSystemTime(0);
    expect(await beginnings(pace, [0, 0])).toEqual([0, 500]);
  });
});
