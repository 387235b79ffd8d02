import { type CalendarDate, isCalendarDate } from '../../common/calendar-date.js';
import { FrankfurterRequestError } from './frankfurter.errors.js';

/** The only provider. */
export const PROVIDER = 'CBR';

/** @throws FrankfurterRequestError */
export function dateOf(text: string | undefined): CalendarDate | undefined {
  if (text === undefined) return undefined;
  return isCalendarDate(text) ? text : reject('invalid date');
}

export function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').map((each) => each.trim());
}

/** @throws FrankfurterRequestError */
export function reject(message: string): never {
  throw new FrankfurterRequestError(message);
}
