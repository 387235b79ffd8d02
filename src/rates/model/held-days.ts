import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';

interface HeldDay {
  cbr_id: string;
  code: string;
  effective_date: CalendarDate;
}

/** Days with a held fixing. The currency is in those sheets, so its last accepted fixing stays in force. */
export class HeldDays {
  static readonly NONE = new HeldDays([]);

  private readonly days = new Map<string, CalendarDate[]>();

  /** @param held ordered by day */
  constructor(private readonly held: readonly HeldDay[]) {
    for (const { cbr_id, effective_date } of held) {
      const known = this.days.get(cbr_id);
      if (known) known.push(effective_date);
      else this.days.set(cbr_id, [effective_date]);
    }
  }

  get isEmpty(): boolean {
    return this.held.length === 0;
  }

  /** Newest held day of a currency after the fixing of `after`, up to `day`; null if there is none. */
  newest(cbr_id: string | null, after: CalendarDate, day: CalendarDate): CalendarDate | null {
    const days = this.days.get(cbr_id ?? '');
    return days?.findLast((held) => after < held && held <= day) ?? null;
  }

  /** Codes with a held fixing in a range; `codes` restricts the result. */
  codesWithin({ from, to }: DateRange, codes: readonly string[] | undefined): string[] {
    const within = this.held.filter(
      ({ effective_date: day, code }) =>
        from <= day && day <= to && (codes?.includes(code) ?? true),
    );
    return [...new Set(within.map(({ code }) => code))].sort();
  }
}
