import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';

/** Known days on which the bank published a sheet. */
export class SheetCalendar {
  /** @param days in order */
  constructor(private readonly days: readonly CalendarDate[]) {}

  /** Newest sheet up to `day`; null before the first. */
  newest(day?: CalendarDate): CalendarDate | null {
    const end = day === undefined ? this.days.length : this.upTo(day);
    return this.days[end - 1] ?? null;
  }

  /** Days of sheets in a range, in order. */
  within({ from, to }: DateRange): readonly CalendarDate[] {
    const start = this.upTo(from);
    const first = this.days[start - 1] === from ? start - 1 : start;
    return this.days.slice(first, this.upTo(to));
  }

  /** Number of days up to `day`, inclusive. */
  private upTo(day: CalendarDate): number {
    let low = 0;
    let high = this.days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.days[middle] ?? '') <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
