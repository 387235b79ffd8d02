import { addDays, type CalendarDate, daysBetween, earlier } from '../../common/calendar-date.js';
import { type DateRange, joined } from '../../common/date-range.js';

/** Some currencies were set monthly until the end of 2009. No monthly fixing is valid from this date. */
export const MONTHLY_ENDED = '2010-01-01' as CalendarDate;
export const LAST_MONTHLY_DAY = addDays(MONTHLY_ENDED, -1);

/** A monthly fixing is valid until the next one, at most for this number of days, its own included. */
export const MONTHLY_FIXING_DAYS = 31;
/** The longest gap between sheets is the twelve days of New Year. */
export const LONGEST_GAP_DAYS = 15;
/** Longest gap between monthly fixings. */
const LONGEST_MONTH_DAYS = 45;

/** How the bank sets a currency: in daily sheets, or once a month outside them. */
export type Rhythm = 'daily' | 'monthly';

/** Days with one rhythm; `monthly`: days on which a monthly fixing is valid. */
export interface SettingPeriod extends DateRange {
  rhythm: Rhythm;
}

/**
 * Derives the rhythm of a currency from its whole series until the end of 2009, so that the result does not depend on
 * which part is stored. A day without a valid monthly fixing counts as daily, and sheets decide.
 *
 * @param dates days of the fixings within `asked`, in order
 */
export function settingPeriodsOf(
  dates: readonly CalendarDate[],
  asked: DateRange,
): SettingPeriod[] {
  const last = earlier(asked.to, LAST_MONTHLY_DAY);
  const held = dates.flatMap((date, index) => {
    if (date > last || !isMonthly(dates, index)) return [];
    const next = dates[index + 1];
    const longest = addDays(date, MONTHLY_FIXING_DAYS - 1);
    const to = next === undefined ? longest : earlier(longest, addDays(next, -1));
    return [{ from: date, to: earlier(to, last) }];
  });
  const periods: SettingPeriod[] = [];
  let from = asked.from;
  for (const month of joined(held)) {
    if (from < month.from) periods.push({ from, to: addDays(month.from, -1), rhythm: 'daily' });
    periods.push({ ...month, rhythm: 'monthly' });
    from = addDays(month.to, 1);
  }
  if (from <= last) periods.push({ from, to: last, rhythm: 'daily' });
  return periods;
}

/**
 * A fixing between two long gaps is monthly if one of them is a month. Between a long and a short gap it is either
 * the edge of a monthly stretch, or of a pause in daily fixings; two months in a row distinguish them.
 */
function isMonthly(dates: readonly CalendarDate[], index: number): boolean {
  const before = gapAfter(dates, index - 1);
  const after = gapAfter(dates, index);
  const [isLongBefore, isLongAfter] = [before > LONGEST_GAP_DAYS, after > LONGEST_GAP_DAYS];
  if (isLongBefore && isLongAfter) return isMonth(before) || isMonth(after);
  if (isLongBefore) return isMonth(before) && isMonth(gapAfter(dates, index - 2));
  const begins = isMonth(after) && isMonth(gapAfter(dates, index + 1));
  return begins && isMonthEdge(dates[index]);
}

/** Days from a fixing to the next; Infinity if one of the two does not exist. */
function gapAfter(dates: readonly CalendarDate[], index: number): number {
  const [date, next] = [dates[index], dates[index + 1]];
  return date === undefined || next === undefined ? Infinity : daysBetween(date, next);
}

function isMonth(days: number): boolean {
  return days > LONGEST_GAP_DAYS && days <= LONGEST_MONTH_DAYS;
}

/** First or last day of a month. */
function isMonthEdge(date: CalendarDate | undefined): boolean {
  return date !== undefined && (date.endsWith('-01') || addDays(date, 1).endsWith('-01'));
}
