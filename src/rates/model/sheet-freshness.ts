import { addDays, type CalendarDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { possibleWorkingDayFrom, workingDayFrom } from './working-days.js';

/** By this hour in Moscow the sheet for the next day is out. */
const DUE_HOUR = 20;
const HOUR_MS = 3_600_000;

/**
 * `fresh`: nothing is missing. `late`: the deadline of a working day has passed without its sheet.
 * `stale`: the day that the missing sheet is for has begun. `empty`: there is no sheet at all.
 */
export const FRESHNESS_STATES = ['fresh', 'late', 'stale', 'empty'] as const;
export type FreshnessState = (typeof FRESHNESS_STATES)[number];

/** What is to be expected of the bank next. */
export interface ExpectedSheet {
  /** The working day, in Moscow, on which it is published. */
  published_on: CalendarDate;
  /** Its date: the day after. */
  effective_date: CalendarDate;
  /** When it is late. */
  due_at: Date;
}

/** The sheet that follows the newest one known: every working day the bank publishes that of the next day. */
export function expectedAfter(newest: CalendarDate): ExpectedSheet {
  const published_on = workingDayFrom(newest);
  return {
    published_on,
    effective_date: addDays(published_on, 1),
    due_at: dueOn(published_on),
  };
}

/** The earliest date that the sheet after another can have: days that may turn out to be free are worked on. */
export function earliestDateAfter(sheet: CalendarDate): CalendarDate {
  return addDays(possibleWorkingDayFrom(sheet), 1);
}

/** When the sheet that is published on a day is late. */
export function dueOn(date: CalendarDate): Date {
  return new Date(startOfMoscowDay(date).getTime() + DUE_HOUR * HOUR_MS);
}

/** How fresh the newest sheet known is at an instant. Weekends, holidays and the New Year gap make nothing late. */
export function freshnessAt(newest: CalendarDate | null, now: Date): FreshnessState {
  if (newest === null) return 'empty';
  const { effective_date, due_at } = expectedAfter(newest);
  if (now < due_at) return 'fresh';
  return now < startOfMoscowDay(effective_date) ? 'late' : 'stale';
}
