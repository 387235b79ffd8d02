import { addDays, type CalendarDate, toCalendarDate } from '../common/calendar-date.js';
import type { DemoCurrency } from './demo-currencies.js';

/** Before this day the demo bank has no sheets. */
export const FIRST_DEMO_DATE = toCalendarDate('2024-01-10');

/** Share of the distance to the middle that a day takes back, and the largest daily move. */
const PULL = 0.02;
const SWING = 0.012;

const SUNDAY = 0;
const MONDAY = 1;

/** Whether a sheet is dated that day: sheets are set on working days for the next day, so none on Sunday or Monday. */
export function hasSheet(date: CalendarDate): boolean {
  const day = new Date(date).getUTCDay();
  return day !== SUNDAY && day !== MONDAY;
}

/** The newest sheet's date that is not after `date`; undefined before the first one. */
export function sheetInForceOn(date: CalendarDate): CalendarDate | undefined {
  if (date < FIRST_DEMO_DATE) return undefined;
  let found = date;
  while (!hasSheet(found)) found = addDays(found, -1);
  return found;
}

/** The first date after `date` that has a sheet. */
export function sheetAfter(date: CalendarDate): CalendarDate {
  let found = addDays(date, 1);
  while (!hasSheet(found)) found = addDays(found, 1);
  return found;
}

/** Dates with a sheet from `from` to `to`. */
export function sheetDates(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const dates: CalendarDate[] = [];
  const first = from < FIRST_DEMO_DATE ? FIRST_DEMO_DATE : from;
  for (let date = first; date <= to; date = addDays(date, 1)) if (hasSheet(date)) dates.push(date);
  return dates;
}

/**
 * Made-up fixings as the bank prints them (`77,6512` for `nominal` units): a random walk around the currency's
 * middle. The same day has the same figure in every demo.
 */
export function fixings(currency: DemoCurrency, to: CalendarDate): Map<CalendarDate, string> {
  const random = randomFrom(currency.id);
  const found = new Map<CalendarDate, string>();
  let distance = 0;
  for (const date of sheetDates(FIRST_DEMO_DATE, to)) {
    distance += (random() - 0.5) * 2 * SWING - distance * PULL;
    const value = currency.middle * currency.nominal * Math.exp(distance);
    found.set(date, value.toFixed(4).replace('.', ','));
  }
  return found;
}

/** Numbers from 0 to 1 (mulberry32), the same for the same text. */
function randomFrom(text: string): () => number {
  let state = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
