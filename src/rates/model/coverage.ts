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

/** Days that the bank was asked about. */
export type Line = Pick<CoverageEntity, 'cbr_id' | 'from_date' | 'to_date'>;

const SINCE_2010: DateRange = { from: MONTHLY_ENDED, to: LAST_DAY };

const CALENDAR_IDS = [EVERY_CURRENCY, IN_EVERY_SHEET, SHEET_CALENDAR];

/** What has been loaded: per currency the days that the bank was asked about, ranges that meet joined. */
export class Coverage {
  private readonly ranges = new Map<string, DateRange[]>();
  private readonly decidedRanges = new Map<string, DateRange[]>();
  /** The last one asked for: mostly it is today's. */
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

  /** The same without questions about days after `day`. */
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
   * The days of which every fixing of a currency is loaded, by questions about it or about whole sheets. A
   * currency that was set monthly before 2010 stands in no sheet: sheets cover it where it is known that it was not.
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

  /** The days about which the bank was asked, by the currency or by whole sheets: more than it may have answered. */
  asked(cbr_id: string): DateRange[] {
    return joined([...this.sheets, ...this.own(cbr_id)]);
  }

  /**
   * Of these days those of which it is known as well until when each fixing holds: by the days of the
   * sheets, or the month of a monthly fixing.
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

  /** Whether the bank was asked about all of the days for one currency. */
  isWhole(cbr_id: string, days: DateRange): boolean {
    return firstGap(this.of(cbr_id), days) === undefined;
  }

  /** The days for which whole sheets were asked. */
  get sheets(): DateRange[] {
    this.joinedSheets ??= rangesOf(this.ofSheets);
    return this.joinedSheets;
  }

  /** The days of which it is known whether a sheet was published. */
  get calendar(): DateRange[] {
    this.joinedCalendar ??= rangesOf(
      this.lines.filter(({ cbr_id }) => CALENDAR_IDS.includes(cbr_id)),
    );
    return this.joinedCalendar;
  }

  /** The days covered for any currency at all. */
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
