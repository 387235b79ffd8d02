import {
  addDays,
  type CalendarDate,
  daysBetween,
  toCalendarDate as day,
} from '../../common/calendar-date.js';
import { isWorkingDay, workingDayFrom } from './working-days.js';

describe('working days', () => {
  it.each([
    ['2026-04-24', true, 'a Friday'],
    ['2026-04-25', false, 'a Saturday'],
    ['2026-04-26', false, 'a Sunday'],
    ['2026-01-08', false, 'Christmas holidays'],
    ['2026-01-09', false, 'made free by decree'],
    ['2026-01-12', true, 'the first of 2026'],
    ['2025-12-30', true, 'the last of 2025'],
    ['2025-12-31', false, 'made free by decree'],
    ['2026-02-23', false, 'a holiday on a Monday'],
    ['2026-03-09', false, 'after a holiday on a Sunday'],
    ['2026-05-11', false, 'after a holiday on a Saturday'],
    ['2026-05-12', true, 'after that'],
    ['2026-11-04', false, 'a holiday on a Wednesday'],
    ['2025-11-01', true, 'a working Saturday'],
    ['2025-11-03', false, 'free for it'],
    ['2025-02-24', true, 'the Sunday before was moved to May'],
    ['2024-12-28', true, 'a working Saturday'],
    ['2016-12-09', true, 'of a recorded sheet’s eve and day'],
    ['2031-01-09', false, 'may be free, by a decree not known yet'],
    ['2031-02-24', false, 'a bridge? no: Monday after a Sunday holiday'],
    ['2031-06-13', false, 'between a holiday on Thursday and a Saturday'],
    ['2031-06-16', true, 'an ordinary Monday of an unknown year'],
  ])('%s: %s, %s', (date, expected) => {
    expect(isWorkingDay(day(date))).toBe(expected);
  });

  it.each([
    ['2027-02-22', false, 'a bridge between a weekend and a holiday on Tuesday'],
    ['2027-02-24', true, 'the Wednesday behind that holiday'],
    ['2027-03-09', true, 'behind a holiday on a Monday'],
    ['2027-05-03', false, 'the Monday behind a holiday on a Saturday'],
    ['2027-05-04', true, 'the Tuesday behind it'],
    ['2027-05-10', false, 'the Monday behind a holiday on a Sunday'],
    ['2027-05-11', true, 'the Tuesday behind it'],
    ['2027-06-11', true, 'the Friday before a holiday on a Saturday'],
    ['2027-06-14', false, 'the Monday behind it'],
    ['2027-11-03', true, 'the eve of a holiday on a Thursday'],
    ['2027-11-05', false, 'a bridge between it and the weekend'],
    ['2027-11-08', true, 'the Monday behind that weekend'],
    ['2029-02-26', true, 'the Monday behind a holiday on a Friday'],
    ['2028-03-07', true, 'between a Monday and a holiday'],
    ['2027-12-29', true, 'the last day that is certain to be worked on'],
    ['2027-12-30', false, 'may be free for New Year'],
    ['2031-12-31', false, 'may be free for New Year'],
    ['2032-01-09', false, 'may be free for New Year'],
    ['2030-01-10', true, 'the first day behind'],
  ])('of a year without a known decree: %s, %s, %s', (date, expected) => {
    expect(isWorkingDay(day(date))).toBe(expected);
  });

  it.each([
    ['2024', '04-27 11-02 12-28', '04-29 04-30 05-10 12-30 12-31', '05-08 12-27'],
    ['2025', '11-01', '05-02 05-08 06-13 11-03 12-31', '02-24 03-10 05-05 12-30'],
    ['2026', '', '01-09 03-09 05-11 12-31', '05-08 06-11 12-30'],
  ])('of %s follow its decree', (year, working, free, ordinary) => {
    const days = (list: string) =>
      list
        .split(' ')
        .filter(Boolean)
        .map((text) => day(`${year}-${text}`));
    for (const date of [...days(working), ...days(ordinary)])
      expect([date, isWorkingDay(date)]).toEqual([date, true]);
    for (const date of days(free)) expect([date, isWorkingDay(date)]).toEqual([date, false]);
  });

  it('exclude the holidays of the Labour Code', () => {
    const holidays =
      '01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04';
    for (const text of holidays.split(' ')) {
      for (const year of [2024, 2026, 2028])
        expect(isWorkingDay(day(`${year}-${text}`))).toBe(false);
    }
  });

  it.each([
    ['2026-04-24', '2026-04-24'],
    ['2026-04-25', '2026-04-27'],
    ['2026-01-01', '2026-01-12'],
    ['2027-05-01', '2027-05-04'],
  ])('the first from %s on is %s', (date, expected) => {
    expect(workingDayFrom(day(date))).toBe(expected);
  });

  it('have gaps no longer than a sheet stays in force', () => {
    const before: CalendarDate[] = [];
    for (let date = day('1992-07-01'); date < day('2060-01-01'); date = addDays(date, 1)) {
      if (daysBetween(date, workingDayFrom(date)) > 14) before.push(date);
    }
    expect(before).toEqual([]);
  });

  it('are most weekdays of every year, with or without a decree', () => {
    for (let year = 2016; year <= 2035; year += 1) {
      const days = daysOf(year).filter(isWorkingDay).length;
      expect(days).toBeGreaterThanOrEqual(232);
      expect(days).toBeLessThanOrEqual(249);
    }
  });
});

function daysOf(year: number): CalendarDate[] {
  const first = day(`${year}-01-01`);
  return Array.from({ length: 365 }, (_, index) => addDays(first, index));
}
