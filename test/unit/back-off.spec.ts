import { BackOff } from '../../clients/js/src/back-off.js';

describe('the back-off', () => {
  const limits = { firstMs: 500, mostMs: 30_000 };
  const times = (count: number, backOff: BackOff) =>
    Array.from({ length: count }, () => backOff.nextMs());

  it('doubles its ceiling up to the longest wait, however many failures there are', () => {
    const backOff = new BackOff(limits, () => 1);
    expect(times(8, backOff)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    times(2_000, backOff);
    expect(backOff.nextMs()).toBe(30_000);
  });

  it('takes any time below the ceiling', () => {
    const chances = [0, 0.5, 0.25];
    const backOff = new BackOff(limits, () => chances.shift() ?? 1);
    expect(times(3, backOff)).toEqual([0, 500, 500]);
  });

  it('begins anew after a connection that was of use', () => {
    const backOff = new BackOff(limits, () => 1);
    times(5, backOff);
    backOff.reset();
    expect(backOff.nextMs()).toBe(500);
  });
});
