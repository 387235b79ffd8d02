import { type CalendarDate, isCalendarDate } from '../../common/calendar-date.js';

/** Day and month may have one digit, and stand between slashes or dots. */
const BANK_DATE = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*$/;

/** Reads `04/04/2025`, `4.4.2025`; undefined for anything else, and for days that no calendar has. */
export function bankDate(text: string): CalendarDate | undefined {
  const [, day = '', month = '', year = ''] = BANK_DATE.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

/** `2025-04-04` as `04.04.2025`. */
export function dottedDate(date: CalendarDate): string {
  return date.split('-').reverse().join('.');
}
