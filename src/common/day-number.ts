import type { CalendarDate } from './calendar-date.js';

const DAY_MS = 86_400_000;

/** Cache of formatted days, from the bank's first to its newest. */
const FIRST_KEPT = Date.UTC(1990, 0, 1) / DAY_MS;
const LAST_KEPT = Date.UTC(2100, 0, 1) / DAY_MS;
const dates: (CalendarDate | undefined)[] = [];
const numbers = new Map<CalendarDate, number>();

/** Days since 1 January 1970 (negative before): a calendar date as a small number. */
export function dayNumber(date: CalendarDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const number = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (isKept(number)) numbers.set(date, number);
  return number;
}

/** The calendar date of a day number. */
export function dateOfDay(number: number): CalendarDate {
  const known = dates[number - FIRST_KEPT];
  if (known !== undefined) return known;
  const date = new Date(number * DAY_MS).toISOString().slice(0, 10) as CalendarDate;
  if (isKept(number)) dates[number - FIRST_KEPT] = date;
  return date;
}

function isKept(number: number): boolean {
  return number >= FIRST_KEPT && number <= LAST_KEPT;
}
