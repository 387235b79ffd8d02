import type { CalendarDate } from '../../common/calendar-date.js';

/** A day whose own sheet could not be had, so that it is answered with an earlier one. */
export interface MissingSheet {
  date: CalendarDate;
  /** Of the failure, `cbr.html`. */
  code: string;
}
