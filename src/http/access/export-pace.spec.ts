import { ExportPace } from './export-pace.js';

describe('the pace of a long answer', () => {
  /** Seconds until its reader is cut off; Infinity for one who is not, within a day. */
  const cutOffAfter = (takenIn: (second: number) => number, isWaiting = true) => {
    const pace = new ExportPace(1_000, 40);
    for (let second = 1; second <= 86_400; second++) {
      if (pace.isTooSlow({ seconds: 1, takenBytes: takenIn(second), isWaiting })) return second;
    }
    return Infinity;
  };

  it('cuts off who takes nothing, after the time of grace', () => {
    expect(cutOffAfter(() => 0)).toBe(40);
  });

  it('cuts off who is slower, sooner or later, and nobody who keeps it', () => {
    expect(cutOffAfter(() => 500)).toBe(80);
    expect(cutOffAfter(() => 999)).toBe(40_000);
    expect(cutOffAfter(() => 1_000)).toBe(Infinity);
  });

  it('takes the pace of a reader who gets much at a time, as buffers let him', () => {
    expect(cutOffAfter((second) => (second % 30 === 0 ? 30_000 : 0))).toBe(Infinity);
    expect(cutOffAfter((second) => (second % 30 === 0 ? 10_000 : 0))).toBe(50);
  });

  it('gives no credit for a quick beginning', () => {
    expect(cutOffAfter((second) => (second === 1 ? 50_000_000 : 0))).toBe(41);
  });

  it('does not blame a reader for whom nothing waits', () => {
    expect(cutOffAfter(() => 0, false)).toBe(Infinity);
  });
});
