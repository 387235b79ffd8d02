import { toCalendarDate } from '../../common/calendar-date.js';
import { dayState, lastAnswerableDay, lastPublishedDay, openDays } from './answerable-days.js';

/** An instant by Moscow's clock, which has been UTC+3 all year since 2014. */
const moscow = (text: string) => new Date(`${text}:00+03:00`);
const day = (text: string | null) => (text === null ? null : toCalendarDate(text));

describe('the last day that is answered', () => {
  it.each([
    // The sheet of Saturday holds until Monday, unless the bank follows it by one for Sunday.
    ['2026-11-28', '2026-11-27T16:00', '2026-11-28', 'Friday afternoon'],
    ['2026-11-28', '2026-11-28T12:00', '2026-11-28', 'Saturday noon'],
    ['2026-11-28', '2026-11-28T19:59', '2026-11-28', 'Saturday, a minute before eight'],
    ['2026-11-28', '2026-11-28T20:00', '2026-11-30', 'Saturday at eight in the evening'],
    ['2026-11-28', '2026-11-29T10:00', '2026-11-30', 'Sunday'],
    ['2026-11-28', '2026-11-30T10:00', '2026-11-30', 'Monday'],
    // Midweek a sheet holds for its own day.
    ['2026-11-26', '2026-11-26T10:00', '2026-11-26', 'Thursday morning'],
    ['2026-11-27', '2026-11-26T16:00', '2026-11-27', 'Thursday, tomorrow published'],
    // A sheet of Sunday may be followed by one of Monday.
    ['2024-04-28', '2024-04-28T19:59', '2024-04-28', 'Sunday evening'],
    ['2024-04-28', '2024-04-28T20:00', '2024-05-02', 'Sunday at eight, before two days off'],
    ['2026-06-12', '2026-06-11T17:00', '2026-06-15', 'a holiday on Friday'],
    ['2025-12-31', '2025-12-30T17:00', '2026-01-12', 'New Year, with a decree'],
    ['2025-12-31', '2026-01-03T12:00', '2026-01-12', 'within the New Year holidays'],
    // Years without a known decree: days that may be free count as working days.
    ['2027-05-01', '2027-05-02T12:00', '2027-05-03', 'a Monday that may be free'],
    ['2027-05-01', '2027-05-03T21:00', '2027-05-03', 'the evening of that Monday'],
    ['2027-12-30', '2027-12-29T17:00', '2027-12-30', 'New Year, without a decree'],
    // Late sheets: today is answered all the same, and no day after it.
    ['2026-11-26', '2026-12-04T12:00', '2026-12-04', 'a week late'],
    ['2026-04-24', '2026-04-24T21:00', '2026-04-24', 'late this evening'],
    ['2026-12-13', '2026-11-30T12:00', '2026-12-13', 'a sheet dated far ahead'],
    [null, '2026-11-29T10:00', '2026-11-29', 'before any sheet'],
    // Moscow's day, not that of the machine.
    ['2026-11-25', '2026-11-26T00:30', '2026-11-26', 'half past midnight in Moscow'],
  ])('with the newest sheet of %s at %s is %s: %s', (newest, now, expected, _) => {
    expect(lastAnswerableDay(day(newest), moscow(now))).toBe(expected);
  });

  it('is not what is published: that is today, or a sheet published ahead', () => {
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

  it('may be followed by days of a sheet dated far ahead, and none between', () => {
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
