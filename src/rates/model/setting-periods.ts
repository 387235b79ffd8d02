import { addDays, type CalendarDate, earlier, later } from '../../common/calendar-date.js';
import { type DateRange, firstGap, joined } from '../../common/date-range.js';
import { IN_EVERY_SHEET } from './coverage.entity.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';
import type { SettingPeriodEntity } from './setting-period.entity.js';
import {
  LAST_MONTHLY_DAY,
  MONTHLY_ENDED,
  type Rhythm,
  type SettingPeriod,
} from './setting-rhythm.js';

type Line = Pick<SettingPeriodEntity, 'cbr_id' | 'from_date' | 'to_date' | 'rhythm'>;

/** Days on which a currency may have been set monthly. */
export const MONTHLY_DAYS: DateRange = { from: FIRST_SHEET_DATE, to: LAST_MONTHLY_DAY };

const ALWAYS_DAILY: SettingPeriod = { ...MONTHLY_DAYS, rhythm: 'daily' };

/** Known rhythm of each currency before 2010. */
export class SettingPeriods {
  static readonly NONE = new SettingPeriods([]);

  private readonly linesById = new Map<string, Line[]>();
  private readonly periodsById = new Map<string, readonly SettingPeriod[]>();

  /** @param lines in recording order */
  constructor(lines: readonly Line[]) {
    for (const line of lines) {
      const others = this.linesById.get(line.cbr_id);
      if (others) others.push(line);
      else this.linesById.set(line.cbr_id, [line]);
    }
  }

  /** Rhythm of a currency on a day; undefined if unknown. */
  on(cbr_id: string, day: CalendarDate): Rhythm | undefined {
    if (day >= MONTHLY_ENDED) return 'daily';
    return this.of(cbr_id).find(({ from, to }) => from <= day && day <= to)?.rhythm;
  }

  /** Days of a currency with a rhythm, in order. */
  daysOf(cbr_id: string, rhythm: Rhythm): DateRange[] {
    return joined(this.of(cbr_id).filter((period) => period.rhythm === rhythm));
  }

  /** Whether the rhythm is known on all of the days. */
  isKnown(cbr_id: string, { from, to }: DateRange): boolean {
    const days = { from, to: earlier(to, LAST_MONTHLY_DAY) };
    return days.from > days.to || firstGap(joined(this.of(cbr_id)), days) === undefined;
  }

  private of(cbr_id: string): readonly SettingPeriod[] {
    let periods = this.periodsById.get(cbr_id);
    if (!periods) {
      const always = cbr_id === IN_EVERY_SHEET ? [ALWAYS_DAILY] : [];
      periods = (this.linesById.get(cbr_id) ?? []).reduce<SettingPeriod[]>(
        (known, { from_date: from, to_date: to, rhythm }) => overlaid(known, { from, to, rhythm }),
        always,
      );
      this.periodsById.set(cbr_id, periods);
    }
    return periods;
  }
}

/** Replaces the days of `next` in the ordered periods. */
function overlaid(periods: readonly SettingPeriod[], next: SettingPeriod): SettingPeriod[] {
  const before = periods
    .filter(({ from }) => from < next.from)
    .map((period) => ({ ...period, to: earlier(period.to, addDays(next.from, -1)) }));
  const after = periods
    .filter(({ to }) => to > next.to)
    .map((period) => ({ ...period, from: later(period.from, addDays(next.to, 1)) }));
  return [...before, next, ...after];
}
