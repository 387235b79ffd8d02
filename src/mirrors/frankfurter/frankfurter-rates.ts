import { Injectable } from '@nestjs/common';
import {
  addDays,
  type CalendarDate,
  earlier,
  later,
  moscowDate,
} from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import {
  FIRST_SHEET_DATE,
  NotLoadedError,
  NotSetError,
  SheetNotLoadedError,
  type StoredVersion,
  UnknownCodeError,
} from '../../rates/model/index.js';
import {
  NumberedRates,
  OfficialSheets,
  type RateRecord,
  RatesOnDay,
} from '../../rates/reading/index.js';
import { averages, type Grouping, wholePeriods } from './averages.js';
import {
  type CrossRate,
  crossRates,
  type Pairs,
  type Price,
  priceOn,
  ROUBLE,
} from './cross-rates.js';

/** Older fixings are not carried to a day. */
const LOOKBACK_DAYS = 14;
const OF_THE_BANK = { source: 'cbr', restate: true, asOf: undefined } as const;

/** Answers the questions of Frankfurter's clients from the bank's fixings. */
@Injectable()
export class FrankfurterRates {
  constructor(
    private readonly days: RatesOnDay,
    private readonly sheets: OfficialSheets,
    private readonly series: NumberedRates,
    private readonly clock: Clock,
  ) {}

  get today(): CalendarDate {
    return moscowDate(this.clock.now());
  }

  /**
   * The rates in force on a day, of at most 14 days before.
   *
   * @throws SheetNotLoadedError, BookNotLoadedError
   */
  on(day: CalendarDate, { base, quotes }: Pairs): CrossRate[] {
    return crossRates(base, quotes, recent(this.pricesOn(day, base, quotes), day));
  }

  /**
   * Every rate of a range once, by day and quote, in pages for each day; the rates in force on the first day are among
   * them, with their own dates.
   *
   * @throws SheetNotLoadedError at once, if a day up to the newest sheet is not loaded; BookNotLoadedError
   */
  within({ from, to }: DateRange, { base, quotes }: Pairs): AsyncGenerator<CrossRate[]> {
    const codes = quotes && currenciesOf([base, ...quotes]);
    const fixings = this.series.fixings(codes, { from, to });
    const start = later(from, FIRST_SHEET_DATE);
    const before = start > to ? new Map<string, Price>() : this.pricesOn(start, base, quotes);
    return newRates(fixings, { prices: before, day: start, pairs: { base, quotes } });
  }

  /**
   * The rates of averages of the weeks or months that begin in a range, or hold its first day; dated by their first
   * days.
   *
   * @throws SheetNotLoadedError at once, if a day up to the newest sheet is not loaded; BookNotLoadedError
   */
  grouped(range: DateRange, grouping: Grouping, pairs: Pairs): AsyncGenerator<CrossRate[]> {
    const codes = pairs.quotes && currenciesOf([pairs.base, ...pairs.quotes]);
    const fixings = this.series.fixings(codes, wholePeriods(range, grouping));
    return averages(fixings, grouping, pairs);
  }

  /** Whether the bank has had the currency. */
  knows(code: string): boolean {
    return this.series.knows(code);
  }

  private pricesOn(
    date: CalendarDate,
    base: string,
    quotes: readonly string[] | undefined,
  ): Map<string, Price> {
    const prices = new Map<string, Price>();
    if (date < FIRST_SHEET_DATE) return prices;
    const { today } = this;
    // After today: the newest sheet, or what is in force today. Today is unknown while its sheet is overdue.
    const newest = date < today ? undefined : this.sheets.inForceOn(date)?.date;
    const day = newest === undefined ? date : earlier(date, later(newest, today));
    const records = quotes
      ? currenciesOf([base, ...quotes]).flatMap((code) => this.recordOn(day, code) ?? [])
      : this.recordsOn(day, base);
    for (const { code, nominal, value, effective_date } of records) {
      if (nominal === null || value === null) continue;
      prices.set(code, priceOn({ nominal, value }, effective_date));
    }
    return prices;
  }

  /** Every rate in force on a day. @throws SheetNotLoadedError if that of `base`, or none, is loaded */
  private recordsOn(date: CalendarDate, base: string): RateRecord[] {
    const all = { date, codes: undefined, named: 'codes', quote: ROUBLE } as const;
    try {
      const { records, notLoaded } = this.days.ratesOn({ ...all, ...OF_THE_BANK });
      if (notLoaded.includes(base)) throw new SheetNotLoadedError(`${base} on ${date}`);
      return records;
    } catch (thrown) {
      if (thrown instanceof NotSetError) return [];
      throw thrown instanceof NotLoadedError
        ? new SheetNotLoadedError(`The sheet of ${date}`)
        : thrown;
    }
  }

  /** @returns undefined where the bank had not set that currency. @throws SheetNotLoadedError */
  private recordOn(date: CalendarDate, code: string): RateRecord | undefined {
    try {
      return this.days.rateOn({ date, code, quote: ROUBLE, ...OF_THE_BANK }).record;
    } catch (thrown) {
      if (thrown instanceof NotSetError || thrown instanceof UnknownCodeError) return undefined;
      throw thrown instanceof NotLoadedError
        ? new SheetNotLoadedError(`${code} on ${date}`)
        : thrown;
    }
  }
}

function currenciesOf(codes: readonly string[]): string[] {
  return [...new Set(codes)].filter((code) => code !== ROUBLE);
}

function recent(prices: ReadonlyMap<string, Price>, day: CalendarDate): Map<string, Price> {
  const oldest = addDays(day, -LOOKBACK_DAYS);
  return new Map([...prices].filter(([, { date }]) => date >= oldest));
}

async function* newRates(
  pages: AsyncIterable<StoredVersion[]>,
  { prices, day, pairs }: { prices: Map<string, Price>; day: CalendarDate; pairs: Pairs },
): AsyncGenerator<CrossRate[]> {
  const given = new Map<string, CalendarDate>();
  const ratesOn = (date: CalendarDate) =>
    crossRates(pairs.base, pairs.quotes, recent(prices, date))
      .filter(({ quote, date: own }) => own > (given.get(quote) ?? ''))
      .map((rate) => {
        given.set(rate.quote, rate.date);
        return rate;
      })
      .sort((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1));
  yield ratesOn(day);
  for await (const page of pages) {
    let current: CalendarDate | undefined;
    for (const { code, nominal, value, effective_date } of page) {
      if (current !== undefined && current !== effective_date) yield ratesOn(current);
      current = effective_date;
      prices.set(code, priceOn({ nominal, value }, effective_date));
    }
    if (current !== undefined) yield ratesOn(current);
  }
}
