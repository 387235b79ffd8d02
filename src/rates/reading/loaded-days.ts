import { type CalendarDate, earlier, later } from '../../common/calendar-date.js';
import { type DateRange, firstGap, joined, rangeAround } from '../../common/date-range.js';
import { FIRST_SHEET_DATE } from '../model/index.js';

/** The end of a range that is asked for, today in Moscow, and the days from then on that are answered in any case. */
export interface RangeEnd {
  to: CalendarDate;
  today: CalendarDate;
  open: readonly DateRange[];
}

/**
 * The days of which a range that ends on `to` can tell a rate: those that are loaded, and open ones, which
 * are answered by what was loaded last.
 *
 * @param loaded joined ranges up to `to`
 */
export function answeredDays(loaded: readonly DateRange[], { to, open }: RangeEnd): DateRange[] {
  const [first] = loaded;
  if (first === undefined) return [];
  const answered = open.map((days) => ({
    from: later(days.from, first.from),
    to: earlier(days.to, to),
  }));
  return joined([...loaded, ...answered.filter((days) => days.from <= days.to)]);
}

/** The first day of a range that is not loaded and not answered all the same; days before the first sheet have no rate. */
export function firstMissingDay(
  loaded: readonly DateRange[],
  from: CalendarDate,
  end: RangeEnd,
): CalendarDate | undefined {
  const start = later(from, FIRST_SHEET_DATE);
  const { to } = end;
  return start > to ? undefined : firstGap(answeredDays(loaded, end), { from: start, to });
}

/**
 * Whether a missing day makes a range impossible. Days between the last loaded one and today do not: an
 * outage of the bank must not hide what is loaded.
 */
export function isHole(
  missing: CalendarDate,
  loaded: readonly DateRange[],
  { to, today }: RangeEnd,
): boolean {
  const last = loaded.at(-1);
  if (last === undefined || to < today) return true;
  return missing <= last.to || missing > today;
}

/** The first day of what is loaded without a hole up to the end of a range, or up to the last loaded day before it. */
export function startOfLoaded(
  loaded: readonly DateRange[],
  { to, today }: RangeEnd,
): CalendarDate | undefined {
  const last = loaded.at(-1);
  const end = last !== undefined && to >= today && last.to < to ? last.to : to;
  return rangeAround(loaded, end)?.from;
}
