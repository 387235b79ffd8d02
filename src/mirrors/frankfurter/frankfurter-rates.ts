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
  type Grouping,
  OfficialSeriesByCode,
  OfficialSheets,
  type RatesOfDay,
  RatesOnDay,
} from '../../rates/reading/index.js';
import { averages, wholePeriods } from './averages.js';
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
/** No sheet is published so many days ahead. */
const MOST_DAYS_AHEAD = 366;
/** Rates of a day; those of quarantined codes are carried. */
type Found = Pick<RatesOfDay, 'records' | 'quarantined'>;
const NOTHING: Found = { records: [], quarantined: [] };

/** What is in force when a range begins. */
interface Carrying {
  prices: Map<string, Price>;
  day: CalendarDate;
  pairs: Pairs;
  heldWithin: (range: DateRange) => string[];
}

const OF_THE_BANK = { source: 'cbr', restate: true, asOf: undefined } as const;

/** Answers the questions of Frankfurter's clients from the bank's fixings. */
@Injectable()
export class FrankfurterRates {
  constructor(
    private readonly days: RatesOnDay,
    private readonly sheets: OfficialSheets,
    private readonly series: OfficialSeriesByCode,
    private readonly clock: Clock,
  ) {}

  get today(): CalendarDate {
    return moscowDate(this.clock.now());
  }

  /**
   * The rates in force on a day, of at most 14 days before, and the currencies that are left out because their figures
   * are held.
   *
   * @throws SheetNotLoadedError, BookNotLoadedError
   */
  on(day: CalendarDate, { base, quotes }: Pairs): { rates: CrossRate[]; held: string[] } {
    const { prices, held } = this.pricesOn(day, base, quotes);
    return { rates: crossRates(base, quotes, recent(prices, day)), held };
  }

  /** Currencies with figures in a range that are held, and therefore left out. @throws BookNotLoadedError */
  heldWithin(range: DateRange, pairs: Pairs): string[] {
    return this.series.heldWithin(codesOf(pairs), range);
  }

  /**
   * Every rate of a range once, by day and quote, in pages for each day; the rates in force on the first day are among
   * them, with their own dates.
   *
   * @throws SheetNotLoadedError at once, if a day up to the newest sheet is not loaded; BookNotLoadedError
   */
  within({ from, to }: DateRange, { base, quotes }: Pairs): AsyncGenerator<CrossRate[]> {
    const pairs = { base, quotes };
    const codes = codesOf(pairs);
    const fixings = this.series.fixings(codes, { from, to });
    const day = later(from, FIRST_SHEET_DATE);
    const prices = day > to ? new Map<string, Price>() : this.pricesOn(day, base, quotes).prices;
    const heldWithin = (range: DateRange) => this.series.heldWithin(codes, range);
    return newRates(fixings, { prices, day, pairs, heldWithin });
  }

  /**
   * The rates of averages of the weeks or months that begin in a range, or hold its first day; dated by their first
   * days.
   *
   * @throws SheetNotLoadedError at once, if a day up to the newest sheet is not loaded; BookNotLoadedError
   */
  grouped({ from, to }: DateRange, grouping: Grouping, pairs: Pairs): AsyncGenerator<CrossRate[]> {
    // Periods at the ends of the calendar would leave it.
    const last = addDays(this.today, MOST_DAYS_AHEAD);
    const range = { from: earlier(later(from, FIRST_SHEET_DATE), last), to: earlier(to, last) };
    const fixings = this.series.fixings(codesOf(pairs), wholePeriods(range, grouping));
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
  ): { prices: Map<string, Price>; held: string[] } {
    const prices = new Map<string, Price>();
    if (date < FIRST_SHEET_DATE) return { prices, held: [] };
    const { today } = this;
    // A future day gets the rates of the newest sheet, or today's if that is older; `inForceOn` throws while today's
    // sheet is overdue.
    const newest = date < today ? undefined : this.sheets.inForceOn(date)?.date;
    const day = newest === undefined ? date : earlier(date, later(newest, today));
    const found = quotes
      ? currenciesOf([base, ...quotes]).map((code) => this.recordOn(day, code))
      : [this.recordsOn(day, base)];
    const held = found.flatMap(({ quarantined }) => quarantined);
    for (const { code, nominal, value, effective_date } of found.flatMap((each) => each.records)) {
      // What was in force before a held figure is not what the bank has set.
      if (nominal === null || value === null || held.includes(code)) continue;
      prices.set(code, priceOn({ nominal, value }, effective_date));
    }
    return { prices, held };
  }

  /** Every rate in force on a day. @throws SheetNotLoadedError if that of `base`, or none, is loaded */
  private recordsOn(date: CalendarDate, base: string): Found {
    const all = { date, codes: undefined, named: 'codes', quote: ROUBLE } as const;
    try {
      const { notLoaded, ...found } = this.days.ratesOn({ ...all, ...OF_THE_BANK });
      if (notLoaded.includes(base)) throw new SheetNotLoadedError(`${base} on ${date}`);
      return found;
    } catch (thrown) {
      if (thrown instanceof NotSetError) return NOTHING;
      throw thrown instanceof NotLoadedError
        ? new SheetNotLoadedError(`The sheet of ${date}`)
        : thrown;
    }
  }

  /** @returns no record where the bank had not set that currency. @throws SheetNotLoadedError */
  private recordOn(date: CalendarDate, code: string): Found {
    try {
      const wanted = { date, code, quote: ROUBLE, ...OF_THE_BANK };
      const { record, quarantined } = this.days.rateOn(wanted);
      return { records: [record], quarantined };
    } catch (thrown) {
      if (thrown instanceof NotSetError || thrown instanceof UnknownCodeError) return NOTHING;
      throw thrown instanceof NotLoadedError
        ? new SheetNotLoadedError(`${code} on ${date}`)
        : thrown;
    }
  }
}

/** Letter codes of both sides; undefined: every currency. */
function codesOf({ base, quotes }: Pairs): string[] | undefined {
  return quotes && currenciesOf([base, ...quotes]);
}

function currenciesOf(codes: readonly string[]): string[] {
  return [...new Set(codes)].filter((code) => code !== ROUBLE);
}

function recent(prices: ReadonlyMap<string, Price>, day: CalendarDate): Map<string, Price> {
  // A day without prices may be at the beginning of the calendar.
  if (prices.size === 0) return new Map();
  const oldest = addDays(day, -LOOKBACK_DAYS);
  return new Map([...prices].filter(([, { date }]) => date >= oldest));
}

async function* newRates(
  pages: AsyncIterable<StoredVersion[]>,
  { prices, day, pairs, heldWithin }: Carrying,
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
  let known = day;
  for await (const page of pages) {
    let current: CalendarDate | undefined;
    for (const { code, nominal, value, effective_date } of page) {
      if (current !== undefined && current !== effective_date) yield ratesOn(current);
      current = effective_date;
      if (current > known) {
        // Nothing is carried beyond a held figure.
        for (const held of heldWithin({ from: addDays(known, 1), to: current }))
          prices.delete(held);
        known = current;
      }
      prices.set(code, priceOn({ nominal, value }, effective_date));
    }
    if (current !== undefined) yield ratesOn(current);
  }
}
