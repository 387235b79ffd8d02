import { addDays, type CalendarDate, later, moscowDate } from '../../common/calendar-date.js';
import { type DateRange, joined } from '../../common/date-range.js';
import { dueOn, earliestDateAfter } from './sheet-freshness.js';
import { isWeekend } from './working-days.js';

/**
 * Last day with definite rates: today in Moscow, which is always answered; the date of a sheet published ahead; or
 * the last day before the next sheet can be in force.
 */
export function lastAnswerableDay(newestSheet: CalendarDate | null, now: Date): CalendarDate {
  const last = lastPublishedDay(newestSheet, now);
  return newestSheet === null ? last : later(last, lastDayOf(newestSheet, now));
}

/** Today in Moscow, or the date of a sheet published ahead. This is the day `latest`. */
export function lastPublishedDay(newestSheet: CalendarDate | null, now: Date): CalendarDate {
  const today = moscowDate(now);
  return later(newestSheet ?? today, today);
}

/**
 * Days from today on that are answered with the rates in force, whether covered or not: today, and those before
 * another sheet can follow.
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

/** Relation of a day to today in Moscow and to the newest sheet up to it. */
export interface DayState {
  /** Today, or a day before the next sheet can follow: answered with the last loaded rates, whether covered or not. */
  isOpen: boolean;
  /** After today and without its own sheet, which may still be published. */
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
 * Last day on which a sheet is certain to be in force without another. Since 1999 the bank has followed 29 of its
 * 1,231 Saturday sheets by one for the Sunday, published on that Saturday, so until the evening a weekend's sheet is
 * certain only for its own day.
 */
function lastDayOf(sheet: CalendarDate, now: Date): CalendarDate {
  const mayBeFollowed = isWeekend(sheet) && now < dueOn(sheet);
  return mayBeFollowed ? sheet : addDays(earliestDateAfter(sheet), -1);
}
