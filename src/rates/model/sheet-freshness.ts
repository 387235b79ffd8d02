import { addDays, type CalendarDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { possibleWorkingDayFrom, workingDayFrom } from './working-days.js';

/** Hour in Moscow by which the sheet of the next day is published. */
const DUE_HOUR = 20;
const HOUR_MS = 3_600_000;

/**
 * `fresh`: nothing is missing. `late`: the deadline of a working day has passed without its sheet. `stale`: the day
 * of the missing sheet has begun. `empty`: there is no sheet at all.
 */
export const FRESHNESS_STATES = ['fresh', 'late', 'stale', 'empty'] as const;
export type FreshnessState = (typeof FRESHNESS_STATES)[number];

/** The next sheet expected from the bank. */
export interface ExpectedSheet {
  /** Working day in Moscow on which it is published. */
  published_on: CalendarDate;
  /** Its date: the day after. */
  effective_date: CalendarDate;
  /** Deadline. */
  due_at: Date;
}

/** The sheet after the newest known one: on every working day the bank publishes the sheet of the next day. */
export function expectedAfter(newest: CalendarDate): ExpectedSheet {
  const published_on = workingDayFrom(newest);
  return {
    published_on,
    effective_date: addDays(published_on, 1),
    due_at: dueOn(published_on),
  };
}

/** Earliest possible date of the sheet after another; doubtful days count as working days. */
export function earliestDateAfter(sheet: CalendarDate): CalendarDate {
  return addDays(possibleWorkingDayFrom(sheet), 1);
}

/** Deadline of the sheet that is published on `date`. */
export function dueOn(date: CalendarDate): Date {
  return new Date(startOfMoscowDay(date).getTime() + DUE_HOUR * HOUR_MS);
}

/** Freshness of the newest known sheet at an instant. Weekends, holidays and the New Year gap make nothing late. */
export function freshnessAt(newest: CalendarDate | null, now: Date): FreshnessState {
  if (newest === null) return 'empty';
  const { effective_date, due_at } = expectedAfter(newest);
  if (now < due_at) return 'fresh';
  return now < startOfMoscowDay(effective_date) ? 'late' : 'stale';
}
