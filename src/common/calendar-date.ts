declare const calendarDate: unique symbol;

/** A day of the Gregorian calendar as `YYYY-MM-DD` (ISO 8601): no time, no zone; sorts as text. */
export type CalendarDate = string & { readonly [calendarDate]: true };

const DAY_MS = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The day before it is none. */
export const FIRST_DAY = '0001-01-01' as CalendarDate;
/** The last day that anything could be stored for. */
export const LAST_DAY = '9999-12-31' as CalendarDate;

/** True for a day that exists: `2024-02-29` yes, `2023-02-29` no, year 0000 no. */
export function isCalendarDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !ISO_DATE.test(text) || text.startsWith('0000')) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // V8 rolls 2023-02-30 over into March instead of refusing it.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The day of a year, month and day; month and day may have one digit. undefined for days that no calendar has. */
export function dateOfParts(year: string, month: string, day: string): CalendarDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

/** Reads `YYYY-MM-DD`; throws a RangeError that quotes anything else. */
export function toCalendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new RangeError(`"${text}" is not a calendar date (YYYY-MM-DD)`);
  return text;
}

/** The day that is `days` later (negative: earlier). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return toCalendarDate(new Date(utcMidnight(date) + days * DAY_MS).toISOString().slice(0, 10));
}

/** The same day of the next month, or its last day where that month is shorter. */
export function nextMonth(date: CalendarDate): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const then = new Date(Date.UTC(year, month, Math.min(day, lastDay)));
  return toCalendarDate(then.toISOString().slice(0, 10));
}

/** The Monday of the week of a day. */
export function mondayOf(date: CalendarDate): CalendarDate {
  const weekday = (new Date(utcMidnight(date)).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}

/** The first day of the month of a day. */
export function firstOfMonth(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 8)}01` as CalendarDate;
}

/** The earlier of the two. */
export function earlier(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one < other ? one : other;
}

/** The later of the two. */
export function later(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}

/** Whole days from `from` to `to`; negative when `to` is the earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (utcMidnight(to) - utcMidnight(from)) / DAY_MS;
}

/** Formats an instant as wall-clock time in a zone, in parts of digits. */
export function wallClockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

const moscowClock = wallClockOf('Europe/Moscow');

/** The date on the wall in Moscow at `instant`, whatever the zone of this machine. */
export function moscowDate(instant: Date): CalendarDate {
  const time = instant.getTime();
  if (!lastDay || time < lastDay.from || time >= lastDay.until) {
    const date = toCalendarDate(moscowWallTime(instant).toISOString().slice(0, 10));
    const [from, until] = [startOfMoscowDay(date), startOfMoscowDay(addDays(date, 1))];
    lastDay = { date, from: from.getTime(), until: until.getTime() };
  }
  return lastDay.date;
}

/** Cache: nearly every request is about today, and time-zone conversion is slow. */
let lastDay: { date: CalendarDate; from: number; until: number } | undefined;

/** Cache: loading history needs the same days once for each currency. */
const startsOfMoscowDays = new Map<CalendarDate, number>();
const MOST_STARTS = 20_000;

/** The instant at which `date` begins in Moscow, by the zone's own history (UTC+3 today, not always). */
export function startOfMoscowDay(date: CalendarDate): Date {
  let start = startsOfMoscowDays.get(date);
  if (start === undefined) {
    start = findStartOfMoscowDay(date);
    if (startsOfMoscowDays.size >= MOST_STARTS) startsOfMoscowDays.clear();
    startsOfMoscowDays.set(date, start);
  }
  return new Date(start);
}

function findStartOfMoscowDay(date: CalendarDate): number {
  const midnight = utcMidnight(date);
  const guess = new Date(midnight - 3 * 3_600_000);
  const offset = moscowWallTime(guess).getTime() - guess.getTime();
  return midnight - offset;
}

/** Moscow's wall clock, carried in the UTC fields of a Date. */
function moscowWallTime(instant: Date): Date {
  const shown = Object.fromEntries(
    moscowClock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day, hour, minute, second } = shown;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, instant.getMilliseconds()));
}

function utcMidnight(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}
