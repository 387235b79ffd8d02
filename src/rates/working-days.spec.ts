import {
  addDays,
  type CalendarDate,
  daysBetween,
  toCalendarDate as day,
} from '../common/calendar-date.js';
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

  it('are never farther apart than a sheet is kept in force', () => {
    for (let date = day('1992-07-01'); date < day('2060-01-01'); date = addDays(date, 1)) {
      expect(daysBetween(date, workingDayFrom(date))).toBeLessThanOrEqual(14);
    }
  });

  it('are most weekdays of every year, known or not', () => {
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
