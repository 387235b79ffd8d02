import { type CalendarDate, dateOfParts } from '../../common/calendar-date.js';

/** Day and month may have one digit, and stand between slashes or dots. */
const BANK_DATE = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*$/;

/** Reads `04/04/2025`, `4.4.2025`; undefined for anything else, and for days that no calendar has. */
export function bankDate(text: string): CalendarDate | undefined {
  const [, day = '', month = '', year = ''] = BANK_DATE.exec(text) ?? [];
  return dateOfParts(year, month, day);
}

/** `2025-04-04` as `04.04.2025`. */
export function dottedDate(date: CalendarDate): string {
  return date.split('-').reverse().join('.');
}

/** `2025-04-04` as `20250404`. */
export function compactDate(date: CalendarDate): string {
  return date.replaceAll('-', '');
}
