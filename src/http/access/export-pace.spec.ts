import { ExportPace } from './export-pace.js';

describe('the lowest speed of a long answer', () => {
  /** Seconds until the client is disconnected; Infinity if not within a day. */
  const cutOffAfter = (takenIn: (second: number) => number, isWaiting = true) => {
    const pace = new ExportPace(1_000, 40);
    for (let second = 1; second <= 86_400; second++) {
      if (pace.isTooSlow({ seconds: 1, takenBytes: takenIn(second), isWaiting })) return second;
    }
    return Infinity;
  };

  it('disconnects a client that reads nothing after the grace period', () => {
    expect(cutOffAfter(() => 0)).toBe(40);
  });

  it('eventually disconnects any slower client, and no other', () => {
    expect(cutOffAfter(() => 500)).toBe(80);
    expect(cutOffAfter(() => 999)).toBe(40_000);
    expect(cutOffAfter(() => 1_000)).toBe(Infinity);
  });

  it('accepts reading in large portions, as buffers cause it', () => {
    expect(cutOffAfter((second) => (second % 30 === 0 ? 30_000 : 0))).toBe(Infinity);
    expect(cutOffAfter((second) => (second % 30 === 0 ? 10_000 : 0))).toBe(50);
  });

  it('gives no credit for a fast start', () => {
    expect(cutOffAfter((second) => (second === 1 ? 50_000_000 : 0))).toBe(41);
  });

  it('ignores time in which no bytes are waiting for the client', () => {
    expect(cutOffAfter(() => 0, false)).toBe(Infinity);
  });
});
