import { type CalendarDate, LAST_DAY } from '../../common/calendar-date.js';
import { common, type DateRange, firstGap, joined } from '../../common/date-range.js';
import {
  type CoverageEntity,
  EVERY_CURRENCY,
  IN_EVERY_SHEET,
  SHEET_CALENDAR,
} from './coverage.entity.js';
import { SettingPeriods } from './setting-periods.js';
import { MONTHLY_ENDED } from './setting-rhythm.js';

/** Days requested from the bank. */
export type Line = Pick<CoverageEntity, 'cbr_id' | 'from_date' | 'to_date'>;

const SINCE_2010: DateRange = { from: MONTHLY_ENDED, to: LAST_DAY };

const CALENDAR_IDS = [EVERY_CURRENCY, IN_EVERY_SHEET, SHEET_CALENDAR];

/** Loaded days: the days requested from the bank, by currency, as joined ranges. */
export class Coverage {
  private readonly ranges = new Map<string, DateRange[]>();
  private readonly decidedRanges = new Map<string, DateRange[]>();
  /** Cache of the last cut, usually today's. */
  private cut: { day: CalendarDate; coverage: Coverage } | undefined;
  private joinedSheets: DateRange[] | undefined;
  private joinedCalendar: DateRange[] | undefined;
  private joinedAny: DateRange[] | undefined;
  private readonly ofSheets: readonly Line[];
  private readonly ofCurrencies: readonly Line[];

  constructor(
    private readonly lines: readonly Line[],
    readonly setting = SettingPeriods.NONE,
  ) {
    this.ofSheets = lines.filter(({ cbr_id }) => cbr_id === EVERY_CURRENCY);
    this.ofCurrencies = lines.filter(({ cbr_id }) => cbr_id !== EVERY_CURRENCY);
  }

  /** Excludes requests for days after `day`. */
  upTo(day: CalendarDate): Coverage {
    if (this.cut?.day !== day) {
      const lines = this.lines.filter(({ from_date }) => from_date <= day);
      const coverage =
        lines.length === this.lines.length ? this : new Coverage(lines, this.setting);
      this.cut = { day, coverage };
    }
    return this.cut.coverage;
  }

  /**
   * Days with all fixings of a currency loaded, from requests for it or for whole sheets. A currency set monthly
   * before 2010 is in no sheet, so sheets cover it only where it is known to be daily.
   */
  of(cbr_id: string): DateRange[] {
    const known = this.ranges.get(cbr_id);
    if (known) return known;
    const own = this.own(cbr_id);
    const sheets = this.sheetsOf(cbr_id);
    const ranges = own.length === 0 ? sheets : joined([...sheets, ...own]);
    this.ranges.set(cbr_id, ranges);
    return ranges;
  }

  /** Days requested for the currency or as whole sheets; the bank may not have answered all of them. */
  asked(cbr_id: string): DateRange[] {
    return joined([...this.sheets, ...this.own(cbr_id)]);
  }

  /**
   * The covered days on which it is also known until when each fixing is valid: by the sheet calendar, or by the
   * month of a monthly fixing.
   */
  decided(cbr_id: string): DateRange[] {
    const known = this.decidedRanges.get(cbr_id);
    if (known) return known;
    const { setting } = this;
    const daily = common([...setting.daysOf(cbr_id, 'daily'), SINCE_2010], this.calendar);
    const days = joined([...daily, ...setting.daysOf(cbr_id, 'monthly')]);
    const ranges = common(this.of(cbr_id), days);
    this.decidedRanges.set(cbr_id, ranges);
    return ranges;
  }

  /** Whether all of the days are covered for one currency. */
  isWhole(cbr_id: string, days: DateRange): boolean {
    return firstGap(this.of(cbr_id), days) === undefined;
  }

  /** Days of requested sheets. */
  get sheets(): DateRange[] {
    this.joinedSheets ??= rangesOf(this.ofSheets);
    return this.joinedSheets;
  }

  /** Days for which it is known whether a sheet was published. */
  get calendar(): DateRange[] {
    this.joinedCalendar ??= rangesOf(
      this.lines.filter(({ cbr_id }) => CALENDAR_IDS.includes(cbr_id)),
    );
    return this.joinedCalendar;
  }

  /** Days covered for any currency. */
  get any(): DateRange[] {
    this.joinedAny ??= rangesOf(this.lines.filter(({ cbr_id }) => cbr_id !== SHEET_CALENDAR));
    return this.joinedAny;
  }

  private own(cbr_id: string): DateRange[] {
    return this.ofCurrencies.filter((line) => line.cbr_id === cbr_id).map(rangeOf);
  }

  private sheetsOf(cbr_id: string): DateRange[] {
    const { sheets } = this;
    if (sheets[0] === undefined || sheets[0].from >= MONTHLY_ENDED) return sheets;
    return common(sheets, joined([...this.setting.daysOf(cbr_id, 'daily'), SINCE_2010]));
  }
}

export function rangeOf({ from_date, to_date }: Line): DateRange {
  return { from: from_date, to: to_date };
}

function rangesOf(lines: readonly Line[]): DateRange[] {
  return joined(lines.map(rangeOf));
}
