import type { CalendarDate } from '../../common/calendar-date.js';

/** A day whose sheet could not be fetched, so an earlier one is used. */
export interface MissingSheet {
  date: CalendarDate;
  /** Code of the failure, `cbr.html`. */
  code: string;
}
