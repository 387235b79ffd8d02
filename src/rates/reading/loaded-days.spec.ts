import { toCalendarDate as day } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { answeredDays, firstMissingDay, isHole, startOfLoaded } from './loaded-days.js';

/** Days of April 2026. */
const april = (date: number) => day(`2026-04-${String(date).padStart(2, '0')}`);
const days = (...ranges: [from: number, to: number][]): DateRange[] =>
  ranges.map(([from, to]) => ({ from: april(from), to: april(to) }));
const end = (to: number, openTo = 30) => ({
  ...{ to: april(to), today: april(28) },
  open: days([28, openTo]),
});

describe('the days of a range', () => {
  it.each([
    // Today and later: answered with the last loaded rates.
    [days([20, 26]), end(28), days([20, 26], [28, 28])],
    [days([20, 26]), end(30), days([20, 26], [28, 30])],
    [days([20, 27]), end(30), days([20, 30])],
    // The past: only as far as loaded.
    [days([20, 26]), end(27), days([20, 26])],
    // A sheet of tomorrow says nothing about today.
    [days([29, 29]), end(29), days([29, 29])],
    [days([29, 29]), end(30), days([29, 30])],
    [[], end(28), []],
  ])('loaded as %j, up to %j, are answered: %j', (loaded, to, expected) => {
    expect(answeredDays(loaded, to)).toEqual(expected);
  });

  it.each([
    [days([20, 26]), 20, 28, april(27), false],
    [days([20, 26]), 27, 28, april(27), false],
    [days([20, 26]), 28, 28, undefined, undefined],
    [days([20, 28]), 20, 28, undefined, undefined],
    // In the past, and between loaded days.
    [days([20, 26]), 20, 27, april(27), true],
    [days([20, 22], [24, 26]), 20, 28, april(23), true],
    [days([20, 22], [29, 29]), 20, 29, april(23), true],
    [days([20, 22], [29, 29]), 28, 29, undefined, undefined],
    [days([20, 26]), 19, 28, april(19), true],
    [[], 28, 28, april(28), true],
  ])('loaded as %j, from %i to %i, lack %s, a gap: %s', (loaded, from, to, missing, hole) => {
    expect(firstMissingDay(loaded, april(from), end(to))).toBe(missing);
    if (missing) expect(isHole(missing, loaded, end(to))).toBe(hole);
  });

  it('before the first sheet are complete', () => {
    const june = { to: day('1992-06-30'), today: april(28), open: [] };
    expect(firstMissingDay([], day('1992-06-01'), june)).toBeUndefined();
    const july = { ...june, to: day('1992-07-02') };
    expect(firstMissingDay([], day('1992-06-01'), july)).toBe('1992-07-01');
  });

  it('before a sheet dated far ahead lack the unknown days', () => {
    const loaded = days([20, 28], [30, 30]);
    const far = { ...end(30), open: days([28, 28], [30, 30]) };
    expect(firstMissingDay(loaded, april(20), far)).toBe(april(29));
    expect(isHole(april(29), loaded, far)).toBe(true);
    expect(isHole(april(29), days([20, 26]), far)).toBe(true);
  });

  it('start after the last gap by default', () => {
    expect(startOfLoaded(days([1, 10], [12, 26]), end(28))).toBe(april(12));
    expect(startOfLoaded(days([1, 10], [12, 26]), end(26))).toBe(april(12));
    expect(startOfLoaded(days([1, 10], [12, 26]), end(27))).toBeUndefined();
    expect(startOfLoaded(days([1, 10], [12, 26]), end(10))).toBe(april(1));
    expect(startOfLoaded([], end(28))).toBeUndefined();
  });
});
