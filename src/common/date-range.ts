import { addDays, type CalendarDate, FIRST_DAY, LAST_DAY } from './calendar-date.js';
import { dayNumber } from './day-number.js';

/** Days from `from` to `to`, both included. */
export interface DateRange {
  from: CalendarDate;
  to: CalendarDate;
}

/** Every day that anything could be stored for. */
export const ALL_DAYS: DateRange = { from: FIRST_DAY, to: LAST_DAY };

/** Merges ranges that touch or overlap, in order. */
export function joined(ranges: readonly DateRange[]): DateRange[] {
  const inOrder = [...ranges].sort((one, other) => (one.from < other.from ? -1 : 1));
  const whole: DateRange[] = [];
  for (const { from, to } of inOrder) {
    const last = whole.at(-1);
    if (!last || dayNumber(from) > dayNumber(last.to) + 1) whole.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return whole;
}

/** Intersection of two lists of joined ranges. */
export function common(one: readonly DateRange[], other: readonly DateRange[]): DateRange[] {
  const both: DateRange[] = [];
  for (let i = 0, j = 0; ;) {
    const [mine, theirs] = [one[i], other[j]];
    if (!mine || !theirs) return both;
    const from = mine.from > theirs.from ? mine.from : theirs.from;
    const to = mine.to < theirs.to ? mine.to : theirs.to;
    if (from <= to) both.push({ from, to });
    if (mine.to < theirs.to) i += 1;
    else j += 1;
  }
}

/** Days of `wanted` that are in none of the joined `ranges`. */
export function gapsIn(ranges: readonly DateRange[], wanted: DateRange): DateRange[] {
  const gaps: DateRange[] = [];
  let from = wanted.from;
  for (const range of common(ranges, [wanted])) {
    if (from < range.from) gaps.push({ from, to: addDays(range.from, -1) });
    from = addDays(range.to, 1);
  }
  if (from <= wanted.to) gaps.push({ from, to: wanted.to });
  return gaps;
}

/** The joined range that contains `day`. */
export function rangeAround(
  ranges: readonly DateRange[],
  day: CalendarDate,
): DateRange | undefined {
  return ranges.find(({ from, to }) => from <= day && day <= to);
}

/** First day of `wanted` that is in none of the joined `ranges`; undefined if there is none. */
export function firstGap(
  ranges: readonly DateRange[],
  wanted: DateRange,
): CalendarDate | undefined {
  const start = rangeAround(ranges, wanted.from);
  if (!start) return wanted.from;
  return start.to >= wanted.to ? undefined : addDays(start.to, 1);
}
