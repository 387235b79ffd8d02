import { advanced, type Mark } from './trusted-clock.js';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

describe('the mark of the trusted clock', () => {
  const mark: Mark = { instantMs: 100 * HOUR, elapsedMs: 7 * HOUR };
  const after = (hours: number, instantMs: number) =>
    advanced(mark, { instantMs, elapsedMs: mark.elapsedMs + hours * HOUR });

  it('goes with a clock that is right', () => {
    expect(after(1, 101 * HOUR)).toEqual({ instantMs: 101 * HOUR, elapsedMs: 8 * HOUR });
  });

  it('goes at most at twice the pace of the monotonic clock, however far ahead the other one is', () => {
    expect(after(3, 100 * HOUR + YEAR).instantMs).toBe(106 * HOUR);
    expect(after(0, 100 * HOUR + YEAR).instantMs).toBe(100 * HOUR);
  });

  it('never goes back with a clock that is behind', () => {
    expect(after(3, 100 * HOUR - YEAR)).toEqual({ instantMs: 100 * HOUR, elapsedMs: 10 * HOUR });
  });

  it('makes up for a pause in as long again', () => {
    let behind = mark;
    for (let hour = 1; hour <= 30; hour++) {
      behind = advanced(behind, {
        instantMs: (130 + hour) * HOUR,
        elapsedMs: mark.elapsedMs + hour * HOUR,
      });
    }
    expect(behind.instantMs).toBe(160 * HOUR);
  });
});
