import { addDays, type CalendarDate, daysBetween } from '../../common/calendar-date.js';
import {
  LONGEST_GAP_DAYS,
  MONTHLY_ENDED,
  MONTHLY_FIXING_DAYS,
  type Rhythm,
} from './setting-rhythm.js';

/** Last day on which a sheet can be in force without a later one. */
export function longestInForce(sheet: CalendarDate): CalendarDate {
  return addDays(sheet, LONGEST_GAP_DAYS);
}

/** Newest fixing of a currency up to a day. */
export interface FixingDates {
  date: CalendarDate;
  /** Newest day after the fixing, up to that day, with a held fixing. */
  held: CalendarDate | null;
}

/** Facts about that day. */
export interface DayKnown {
  /** Newest sheet up to that day; sheets with only a few currencies do not count. */
  newestSheet: CalendarDate | null;
  /** Whether it is known for every day after `date`, up to that day, if it has a sheet. */
  areSheetsKnownAfter: (date: CalendarDate) => boolean;
  /** Last day of the gapless range, from the fixing, for which sheets were fetched day by day. */
  sheetsAskedTo: CalendarDate | null;
  /** Rhythm of the currency on that day; undefined if unknown. */
  rhythm: Rhythm | undefined;
}

/** `unknown`: the deciding days are not loaded. */
export type Standing = 'in force' | 'ended' | 'unknown';

/**
 * Whether a fixing, the newest of its currency up to `day`, is still in force on that day. A daily one is in force
 * until the first later sheet without the currency, but at most for the bank's longest gap between sheets; a monthly
 * one, before 2010, for 31 days. Nothing is concluded from days that are not loaded: they make the result `unknown`.
 */
export function standingOn(fixing: FixingDates, day: CalendarDate, known: DayKnown): Standing {
  if (fixing.date === day) return 'in force';
  const isMonthOver = daysBetween(fixing.date, day) >= MONTHLY_FIXING_DAYS;
  if (known.rhythm === 'monthly') return isMonthOver ? 'unknown' : 'in force';
  const isMonthPossible = known.rhythm === undefined && day < MONTHLY_ENDED && !isMonthOver;
  const elsewise = isMonthPossible ? 'unknown' : 'ended';
  // A sheet whose fixing is held does contain the currency.
  const seen = fixing.held ?? fixing.date;
  if (known.newestSheet !== null && known.newestSheet > seen) return elsewise;
  const isAsked = known.sheetsAskedTo !== null && day <= known.sheetsAskedTo;
  if (!isAsked && day > longestInForce(seen)) return elsewise;
  return known.areSheetsKnownAfter(seen) ? 'in force' : 'unknown';
}
