import type { CalendarDate } from '../../common/calendar-date.js';
import { KursError } from '../../common/kurs.error.js';

/** The bank set no rates for that date. */
export class NoSheetOfDateError extends KursError {
  override readonly status = 404;

  constructor(date: CalendarDate | undefined) {
    super('rates.no_sheet', `The bank has no sheet of ${date ?? 'such a date'}`);
  }
}
