import { addDays, type CalendarDate, toCalendarDate as day } from '../../common/calendar-date.js';
import { expectedAfter, freshnessAt } from './sheet-freshness.js';
import { isWorkingDay } from './working-days.js';

/** Instant in Moscow time, UTC+3 all year since 2014. */
const moscow = (text: string) => new Date(`${text}:00+03:00`);

describe('the newest sheet', () => {
  it.each([
    // An ordinary week: the Saturday sheet is published on Friday, the Tuesday sheet on Monday.
    ['2026-04-25', '2026-04-24T21:00', 'fresh'],
    ['2026-04-25', '2026-04-26T23:59', 'fresh'],
    ['2026-04-25', '2026-04-27T19:59', 'fresh'],
    ['2026-04-25', '2026-04-27T20:00', 'late'],
    ['2026-04-25', '2026-04-27T23:59', 'late'],
    ['2026-04-25', '2026-04-28T00:00', 'stale'],
    ['2026-04-28', '2026-04-27T20:00', 'fresh'],
    ['2026-04-24', '2026-04-24T20:00', 'late'],
    // New Year 2026: from the sheet of 31 December to that of 13 January.
    ['2025-12-31', '2026-01-11T23:00', 'fresh'],
    ['2025-12-31', '2026-01-12T19:59', 'fresh'],
    ['2025-12-31', '2026-01-12T20:00', 'late'],
    ['2025-12-31', '2026-01-13T00:00', 'stale'],
    // Holidays within a week, and long weekends.
    ['2026-11-04', '2026-11-04T22:00', 'fresh'],
    ['2026-11-04', '2026-11-05T20:00', 'late'],
    ['2026-05-09', '2026-05-11T22:00', 'fresh'],
    ['2026-05-09', '2026-05-12T20:00', 'late'],
    ['2026-02-21', '2026-02-23T23:00', 'fresh'],
    // A very old sheet.
    ['2025-06-01', '2026-04-27T09:00', 'stale'],
  ])('of %s is at %s (Moscow) %s', (newest, now, expected) => {
    expect(freshnessAt(day(newest), moscow(now))).toBe(expected);
  });

  it('that does not exist has its own state', () => {
    expect(freshnessAt(null, moscow('2026-04-27T09:00'))).toBe('empty');
  });

  it('determines when the next is due', () => {
    expect(expectedAfter(day('2026-04-25'))).toEqual({
      published_on: '2026-04-27',
      effective_date: '2026-04-28',
      due_at: moscow('2026-04-27T20:00'),
    });
  });

  it('is never late while every working day has its sheet, and always if one is missing', () => {
    const wrong: string[] = [];
    const check = (time: string, expected: string) => {
      const found = freshnessAt(newest, moscow(time));
      if (found !== expected) wrong.push(`${newest} at ${time}: ${found}, not ${expected}`);
    };
    let newest: CalendarDate = day('2016-01-12');
    for (let date = newest; date < day('2027-12-31'); date = addDays(date, 1)) {
      check(`${date}T15:29`, 'fresh');
      if (!isWorkingDay(date)) {
        check(`${date}T23:59`, 'fresh');
        continue;
      }
      check(`${date}T20:00`, 'late');
      check(`${addDays(date, 1)}T00:00`, 'stale');
      newest = addDays(date, 1);
    }
    expect(wrong).toEqual([]);
  });
});
