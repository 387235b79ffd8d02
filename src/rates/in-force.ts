import { addDays, type CalendarDate, daysBetween, nextMonth } from '../common/calendar-date.js';

/** The longest that the bank goes without a sheet is the twelve days of New Year. */
const LONGEST_GAP_DAYS = 15;
/** Until then, some currencies were set once a month. */
export const MONTHLY_ENDED = '2010-01-01' as CalendarDate;
const LONGEST_MONTH_DAYS = 45;
/** From this day on none of theirs is in force. */
export const LAST_MONTH_ENDED = addDays(MONTHLY_ENDED, LONGEST_MONTH_DAYS);

/** The last day on which the sheet of a date can be in force without a later one. */
export function longestInForce(sheet: CalendarDate): CalendarDate {
  return addDays(sheet, LONGEST_GAP_DAYS);
}

/** When a currency was set: a fixing and its neighbours of the same currency. */
export interface FixingDates {
  date: CalendarDate;
  previous: CalendarDate | null;
  next: CalendarDate | null;
  /** The newest day after the fixing, up to the day in question, whose own figure is held. */
  held: CalendarDate | null;
}

/** What is known of the bank's sheets at the day in question. */
export interface SheetsKnown {
  /** The newest sheet up to that day. */
  newest: CalendarDate | null;
  /** Up to this day it is certain that no sheet is missing in what is stored. */
  completeTo: CalendarDate | null;
}

/**
 * Whether a fixing, the currency's newest up to `day`, is still in force on that day: until the first
 * later sheet without the currency. Where no later sheet is known, because only some currencies were
 * loaded, it holds no longer than the bank ever goes without a sheet.
 *
 * A currency that was set monthly, before 2010, stays in force for its month, whatever sheets came meanwhile.
 */
export function isInForce(fixing: FixingDates, day: CalendarDate, sheets: SheetsKnown): boolean {
  // A sheet whose figure is held is no sheet without the currency.
  const seen = fixing.held ?? fixing.date;
  if (sheets.newest === null || sheets.newest <= seen) {
    const isCertain = sheets.completeTo !== null && day <= sheets.completeTo;
    if (isCertain || day <= longestInForce(seen)) return true;
  }
  return isMonthly(fixing, day);
}

function isMonthly({ date, previous, next }: FixingDates, day: CalendarDate): boolean {
  if (date >= MONTHLY_ENDED) return false;
  const since = previous === null ? Infinity : daysBetween(previous, date);
  const until = next === null ? Infinity : daysBetween(date, next);
  if (since <= LONGEST_GAP_DAYS) return false;
  if (until <= LONGEST_MONTH_DAYS) return until > LONGEST_GAP_DAYS || since !== Infinity;
  return since !== Infinity && day < nextMonth(date);
}
