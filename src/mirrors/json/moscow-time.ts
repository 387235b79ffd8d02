import { type CalendarDate, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';

/** An instant in Moscow with its offset, which was not always three hours: `2025-04-04T20:00:00+03:00`. */
export function moscowTime(instant: Date): string {
  const offset = offsetOn(moscowDate(instant));
  const wall = new Date(instant.getTime() + offset).toISOString().slice(0, 19);
  return `${wall}${offsetText(offset)}`;
}

/** When a sheet comes into force, as www.cbr-xml-daily.ru writes it: `2025-04-05T11:30:00+03:00`. */
export function timeOfSheet(date: CalendarDate): string {
  return `${date}T11:30:00${offsetText(offsetOn(date))}`;
}

function offsetOn(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) - startOfMoscowDay(date).getTime();
}

function offsetText(offset: number): string {
  return `+${new Date(offset).toISOString().slice(11, 16)}`;
}
