import { addDays, type CalendarDate, daysBetween } from '../../common/calendar-date.js';
import {
  LONGEST_GAP_DAYS,
  MONTHLY_ENDED,
  MONTHLY_FIXING_DAYS,
  type Rhythm,
} from './setting-rhythm.js';

/** The last day on which the sheet of a date can be in force without a later one. */
export function longestInForce(sheet: CalendarDate): CalendarDate {
  return addDays(sheet, LONGEST_GAP_DAYS);
}

/** The newest fixing of a currency up to the day in question. */
export interface FixingDates {
  date: CalendarDate;
  /** The newest day after the fixing, up to the day in question, whose own figure is held. */
  held: CalendarDate | null;
}

/** What is known of the day in question. */
export interface DayKnown {
  /** The newest sheet up to that day; sheets of a few currencies do not count. */
  newestSheet: CalendarDate | null;
  /** Whether it is known on which of the days after a date, up to that day, sheets were published. */
  areSheetsKnownAfter: (date: CalendarDate) => boolean;
  /** Up to this day sheets were asked for day by day, without a gap since the fixing. */
  sheetsAskedTo: CalendarDate | null;
  /** How often the currency was set on that day; undefined when it is not known. */
  rhythm: Rhythm | undefined;
}

/** `unknown`: what decides is not loaded. */
export type Standing = 'in force' | 'ended' | 'unknown';

/**
 * Whether a fixing, the currency's newest up to `day`, is still in force on that day: a daily one until the
 * first later sheet without the currency, and no longer than the bank ever goes without a sheet; a monthly
 * one, before 2010, for 31 days. Nothing is concluded from what happens to be loaded: what is not known of
 * the days between makes the answer unknown.
 */
export function standingOn(fixing: FixingDates, day: CalendarDate, known: DayKnown): Standing {
  if (fixing.date === day) return 'in force';
  const isMonthOver = daysBetween(fixing.date, day) >= MONTHLY_FIXING_DAYS;
  if (known.rhythm === 'monthly') return isMonthOver ? 'unknown' : 'in force';
  const isMonthPossible = known.rhythm === undefined && day < MONTHLY_ENDED && !isMonthOver;
  const elsewise = isMonthPossible ? 'unknown' : 'ended';
  // A sheet whose figure is held is no sheet without the currency.
  const seen = fixing.held ?? fixing.date;
  if (known.newestSheet !== null && known.newestSheet > seen) return elsewise;
  const isAsked = known.sheetsAskedTo !== null && day <= known.sheetsAskedTo;
  if (!isAsked && day > longestInForce(seen)) return elsewise;
  return known.areSheetsKnownAfter(seen) ? 'in force' : 'unknown';
}
