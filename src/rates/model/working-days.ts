import { addDays, type CalendarDate } from '../../common/calendar-date.js';

/** Public holidays by month and day (Labour Code of the Russian Federation, article 112). */
const HOLIDAYS = new Set([
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
]);

/** Changes to a year by decrees of the government: additional days off, and Saturdays that are working days. */
interface Decree {
  free: readonly string[];
  working: readonly string[];
}

/** Decrees of the Government of the Russian Federation on the transfer of days off. */
const DECREES: Readonly<Record<string, Decree>> = {
  // № 1314 of 10 August 2023.
  2024: {
    free: ['04-29', '04-30', '05-10', '12-30', '12-31'],
    working: ['04-27', '11-02', '12-28'],
  },
  // № 1335 of 4 October 2024. 23 February and 8 March were moved to May and June.
  2025: { free: ['05-02', '05-08', '06-13', '11-03', '12-31'], working: ['11-01'] },
  // № 1466 of 24 September 2025; 9 March and 11 May by the code itself.
  2026: { free: ['01-09', '03-09', '05-11', '12-31'], working: [] },
};

const SUNDAY = 0;
const SATURDAY = 6;

/**
 * Whether the day is a working day in Russia, on which the bank publishes a sheet. In years without a known decree, a
 * day that may have been made free counts as free: a missing alarm is better than a false one.
 */
export function isWorkingDay(date: CalendarDate): boolean {
  return isPossibleWorkingDay(date) && (hasDecree(date) || !mayBeFree(date));
}

/**
 * Whether the day may be a working day, on which the bank may publish a sheet. In years without a known decree, a
 * doubtful day counts as a working day: a rate that may still change must not be served as final.
 */
export function isPossibleWorkingDay(date: CalendarDate): boolean {
  const decree = DECREES[date.slice(0, 4)];
  if (!decree) return !isWeekend(date) && !isHoliday(date);
  const day = date.slice(5);
  if (decree.working.includes(day)) return true;
  return !isWeekend(date) && !isHoliday(date) && !decree.free.includes(day);
}

/** First working day on or after `date`. */
export function workingDayFrom(date: CalendarDate): CalendarDate {
  return firstDayFrom(date, isWorkingDay);
}

/** First day on or after `date` that may be a working day. */
export function possibleWorkingDayFrom(date: CalendarDate): CalendarDate {
  return firstDayFrom(date, isPossibleWorkingDay);
}

function firstDayFrom(date: CalendarDate, isWanted: (day: CalendarDate) => boolean): CalendarDate {
  let day = date;
  while (!isWanted(day)) day = addDays(day, 1);
  return day;
}

function hasDecree(date: CalendarDate): boolean {
  return DECREES[date.slice(0, 4)] !== undefined;
}

export function isWeekend(date: CalendarDate): boolean {
  return [SATURDAY, SUNDAY].includes(weekdayOf(date));
}

function isHoliday(date: CalendarDate): boolean {
  return HOLIDAYS.has(date.slice(5));
}

/** Around New Year, after a holiday on a weekend, and between a holiday and a weekend. */
function mayBeFree(date: CalendarDate): boolean {
  const day = date.slice(5);
  if (day >= '12-30' || day <= '01-09') return true;
  // A holiday on a weekend moves to the next working day.
  if (isHoliday(addDays(date, -1)) && isWeekend(addDays(date, -1))) return true;
  if (
    isHoliday(addDays(date, -2)) &&
    isWeekend(addDays(date, -1)) &&
    isWeekend(addDays(date, -2))
  ) {
    return true;
  }
  const [before, after] = [addDays(date, -1), addDays(date, 1)];
  return (isHoliday(before) && isWeekend(after)) || (isWeekend(before) && isHoliday(after));
}

function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
