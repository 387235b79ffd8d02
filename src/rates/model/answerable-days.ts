import { addDays, type CalendarDate, later, moscowDate } from '../../common/calendar-date.js';
import { type DateRange, joined } from '../../common/date-range.js';
import { dueOn, earliestDateAfter } from './sheet-freshness.js';
import { isWeekend } from './working-days.js';

/**
 * The last day whose rates can be told: today in Moscow, which is always answered; the date of a sheet
 * published ahead; or the last day before the bank's next sheet can be in force.
 */
export function lastAnswerableDay(newestSheet: CalendarDate | null, now: Date): CalendarDate {
  const last = lastPublishedDay(newestSheet, now);
  return newestSheet === null ? last : later(last, lastDayOf(newestSheet, now));
}

/** Today in Moscow, or the date of a sheet published ahead: the day that `latest` means. */
export function lastPublishedDay(newestSheet: CalendarDate | null, now: Date): CalendarDate {
  const today = moscowDate(now);
  return later(newestSheet ?? today, today);
}

/**
 * The days from today on that are answered with what is in force, whether the bank was asked about them or
 * not: today, and those up to the day before another sheet can follow.
 *
 * @param sheets the newest sheet up to today, and those published ahead
 */
export function openDays(sheets: readonly CalendarDate[], now: Date): DateRange[] {
  const today = moscowDate(now);
  const ofSheets = sheets.map((sheet) => ({
    from: later(sheet, today),
    to: lastDayOf(sheet, now),
  }));
  return joined([{ from: today, to: today }, ...ofSheets.filter(({ from, to }) => from <= to)]);
}

/** How a day stands to today in Moscow and to the newest sheet up to it. */
export interface DayState {
  /** Today, or a day before the next sheet can follow: answered by what was loaded last, covered or not. */
  isOpen: boolean;
  /** After today and without a sheet of its own: one may still be published for it. */
  isProvisional: boolean;
}

export function dayState(
  date: CalendarDate,
  newestSheet: CalendarDate | null,
  now: Date,
): DayState {
  const today = moscowDate(now);
  if (date <= today) return { isOpen: date === today, isProvisional: false };
  const isOpen = newestSheet !== null && date <= lastDayOf(newestSheet, now);
  return { isOpen, isProvisional: newestSheet !== date };
}

/**
 * The last day on which a sheet is certain to be in force without another. Since 1999 the bank has followed
 * 29 of its 1,231 Saturday sheets by one for the Sunday, published on that Saturday: a weekend's sheet is
 * certain of its own day alone until the evening.
 */
function lastDayOf(sheet: CalendarDate, now: Date): CalendarDate {
  const mayBeFollowed = isWeekend(sheet) && now < dueOn(sheet);
  return mayBeFollowed ? sheet : addDays(earliestDateAfter(sheet), -1);
}
