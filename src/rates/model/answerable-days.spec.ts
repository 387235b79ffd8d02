import { toCalendarDate } from '../../common/calendar-date.js';
import { dayState, lastAnswerableDay, lastPublishedDay, openDays } from './answerable-days.js';

/** Instant in Moscow time, UTC+3 all year since 2014. */
const moscow = (text: string) => new Date(`${text}:00+03:00`);
const day = (text: string | null) => (text === null ? null : toCalendarDate(text));

describe('the last answerable day', () => {
  it.each([
    // A Saturday sheet is in force until Monday, unless the bank publishes one for Sunday.
    ['2026-11-28', '2026-11-27T16:00', '2026-11-28', 'Friday afternoon'],
    ['2026-11-28', '2026-11-28T12:00', '2026-11-28', 'Saturday noon'],
    ['2026-11-28', '2026-11-28T19:59', '2026-11-28', 'Saturday, a minute before eight'],
    ['2026-11-28', '2026-11-28T20:00', '2026-11-30', 'Saturday at eight in the evening'],
    ['2026-11-28', '2026-11-29T10:00', '2026-11-30', 'Sunday'],
    ['2026-11-28', '2026-11-30T10:00', '2026-11-30', 'Monday'],
    // During the week a sheet is certain for its own day.
    ['2026-11-26', '2026-11-26T10:00', '2026-11-26', 'Thursday morning'],
    ['2026-11-27', '2026-11-26T16:00', '2026-11-27', 'Thursday, tomorrow published'],
    // A Sunday sheet may be followed by a Monday sheet.
    ['2024-04-28', '2024-04-28T19:59', '2024-04-28', 'Sunday evening'],
    ['2024-04-28', '2024-04-28T20:00', '2024-05-02', 'Sunday at eight, before two days off'],
    ['2026-06-12', '2026-06-11T17:00', '2026-06-15', 'a holiday on Friday'],
    ['2025-12-31', '2025-12-30T17:00', '2026-01-12', 'New Year, with a decree'],
    ['2025-12-31', '2026-01-03T12:00', '2026-01-12', 'within the New Year holidays'],
    // Years without a known decree: doubtful days count as working days.
    ['2027-05-01', '2027-05-02T12:00', '2027-05-03', 'a Monday that may be free'],
    ['2027-05-01', '2027-05-03T21:00', '2027-05-03', 'the evening of that Monday'],
    ['2027-12-30', '2027-12-29T17:00', '2027-12-30', 'New Year, without a decree'],
    // Late sheets: today is answered, and no later day.
    ['2026-11-26', '2026-12-04T12:00', '2026-12-04', 'a week late'],
    ['2026-04-24', '2026-04-24T21:00', '2026-04-24', 'late this evening'],
    ['2026-12-13', '2026-11-30T12:00', '2026-12-13', 'a sheet dated far ahead'],
    [null, '2026-11-29T10:00', '2026-11-29', 'before any sheet'],
    // The day is Moscow's, not the machine's.
    ['2026-11-25', '2026-11-26T00:30', '2026-11-26', 'half past midnight in Moscow'],
  ])('with the newest sheet of %s at %s is %s: %s', (newest, now, expected, _) => {
    expect(lastAnswerableDay(day(newest), moscow(now))).toBe(expected);
  });

  it('differs from the last published day: today, or the date of a sheet published ahead', () => {
    const last = (newest: string | null, now: string) => lastPublishedDay(day(newest), moscow(now));
    expect(last('2026-11-28', '2026-11-29T10:00')).toBe('2026-11-29');
    expect(last('2026-11-28', '2026-11-27T16:00')).toBe('2026-11-28');
    expect(last(null, '2026-11-27T16:00')).toBe('2026-11-27');
  });

  it.each([
    // The newest sheet up to the day.
    ['2026-11-29', '2026-11-28', true, false, 'today'],
    ['2026-11-28', '2026-11-28', false, false, 'yesterday'],
    ['2026-11-30', '2026-11-28', true, true, 'tomorrow, before the next sheet can be'],
    ['2026-12-01', '2026-11-28', false, true, 'a day that may get a sheet'],
    ['2026-12-01', '2026-12-01', true, false, 'a day that has one'],
    ['2026-11-30', null, false, true, 'tomorrow, without any sheet'],
  ])('of %s with the sheet of %s: open %s, provisional %s: %s', (date, sheet, ...expected) => {
    const { isOpen, isProvisional } = dayState(
      toCalendarDate(date),
      day(sheet),
      moscow('2026-11-29T10:00'),
    );
    expect([isOpen, isProvisional]).toEqual(expected.slice(0, 2));
  });

  it('may be followed by days of a sheet dated far ahead, with a gap between', () => {
    const now = moscow('2026-11-29T10:00');
    const sheets = ['2026-11-28', '2026-12-12'].map(toCalendarDate);
    expect(openDays(sheets, now)).toEqual([
      { from: '2026-11-29', to: '2026-11-30' },
      { from: '2026-12-12', to: '2026-12-12' },
    ]);
    expect(openDays(sheets.slice(0, 1), moscow('2026-12-02T10:00'))).toEqual([
      { from: '2026-12-02', to: '2026-12-02' },
    ]);
    expect(openDays([], now)).toEqual([{ from: '2026-11-29', to: '2026-11-29' }]);
  });
});
