import { addDays, type CalendarDate } from '../../common/calendar-date.js';

const DAYS = 30;

/** Parameters of the mirrors' routes with days that are loaded, by the date of the newest sheet. */
export function tryOutValues(date: CalendarDate): Record<string, string> {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day, date_req1: slashed(addDays(date, -DAYS)), date_req2: slashed(date) };
}

function slashed(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
