import { type CalendarDate, earlier, later } from '../../common/calendar-date.js';
import { type DateRange, firstGap, joined, rangeAround } from '../../common/date-range.js';
import { FIRST_SHEET_DATE } from '../model/index.js';

/** End of a requested range, today in Moscow, and the open days from then on. */
export interface RangeEnd {
  to: CalendarDate;
  today: CalendarDate;
  open: readonly DateRange[];
}

/**
 * Days of a range up to `to` that can be answered: loaded ones, and open ones, which use the last loaded rates.
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

/** First day of a range that cannot be answered; days before the first sheet need no rate. */
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
 * Whether a missing day makes a range an error. Days between the last loaded one and today do not: an outage of the
 * bank must not hide what is loaded.
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

/**
 * First day of the gapless loaded range that ends with the requested range, or with the last loaded day before its
 * end.
 */
export function startOfLoaded(
  loaded: readonly DateRange[],
  { to, today }: RangeEnd,
): CalendarDate | undefined {
  const last = loaded.at(-1);
  const end = last !== undefined && to >= today && last.to < to ? last.to : to;
  return rangeAround(loaded, end)?.from;
}
