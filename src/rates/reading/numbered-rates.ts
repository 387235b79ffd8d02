import { Injectable } from '@nestjs/common';
import { type CalendarDate, LAST_DAY, moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { RateBooks, viewOf } from '../book/index.js';
import {
  FIRST_SHEET_DATE,
  type LastSet,
  NotLoadedError,
  NotSetError,
  SheetNotLoadedError,
  type StoredVersion,
  takesPrecedence,
  UnknownCodeError,
} from '../model/index.js';
import { OfficialSeries } from './official-series.js';
import { OfficialSheets } from './official-sheets.js';
import type { RateRecord } from './rate-record.dto.js';
import { RatesOnDay } from './rates-on-day.js';

/** Reads the bank's rates by the ISO number of a currency. A number that shares its letter code with others means all of them. */
@Injectable()
export class NumberedRates {
  constructor(
    private readonly books: RateBooks,
    private readonly days: RatesOnDay,
    private readonly sheets: OfficialSheets,
    private readonly series: OfficialSeries,
    private readonly clock: Clock,
  ) {}

  /**
   * The rate in force on a day, and whether a newer figure of the bank is held.
   *
   * @param number three digits
   * @returns undefined where the currency was not set, and for days that are yet to come
   * @throws UnknownCodeError, SheetNotLoadedError, BookNotLoadedError
   */
  inForce(
    number: string,
    date: CalendarDate,
  ): { record: RateRecord; quarantined: string[] } | undefined {
    const codes = this.codesOf(number);
    // A sheet that is overdue makes today unknown; past days need no other currency's figures.
    if (date >= moscowDate(this.clock.now())) this.sheets.inForceOn(date);
    for (const code of codes) {
      const found = this.ofCode(code, date);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Every fixing, by day, in pages; one a day.
   *
   * @throws UnknownCodeError, SheetNotLoadedError if a day up to the newest sheet is not loaded; BookNotLoadedError
   */
  history(number: string): AsyncGenerator<StoredVersion[]> {
    const { currencies, lastSet } = viewOf(this.books.current);
    const ids = this.codesOf(number).flatMap((code) => currencies.idsOf(code));
    const pages = this.series.records({ ids, from: FIRST_SHEET_DATE, to: LAST_DAY });
    return onePerDay(pages, lastSet);
  }

  /** Whether the bank has, or had, a currency of that letter code. @throws BookNotLoadedError */
  knows(code: string): boolean {
    return viewOf(this.books.current).currencies.idsOf(code).length > 0;
  }

  /**
   * The fixings of some currencies in a range, by day, in pages; one a day and code.
   *
   * @param codes letter codes; absent: every currency
   * @throws SheetNotLoadedError if a day up to the newest sheet is not loaded for one of them; BookNotLoadedError
   */
  fixings(
    codes: readonly string[] | undefined,
    { from, to }: DateRange,
  ): AsyncGenerator<StoredVersion[]> {
    const { currencies, lastSet } = viewOf(this.books.current);
    const ids = codes
      ? codes.flatMap((code) => currencies.idsOf(code))
      : currencies.all.map(({ cbr_id }) => cbr_id);
    return onePerDay(this.series.records({ ids, from, to }), lastSet);
  }

  /** Letter codes, among some or of all, with figures in the range that are held, and not among the fixings. */
  heldWithin(codes: readonly string[] | undefined, range: DateRange): string[] {
    return viewOf(this.books.current).held.codesWithin(range, codes);
  }

  private codesOf(number: string): string[] {
    const { all } = viewOf(this.books.current).currencies;
    const codes = all.filter(({ num_code }) => num_code === number).map(({ code }) => code);
    if (codes.length === 0) throw new UnknownCodeError(number);
    return [...new Set(codes)];
  }

  private ofCode(code: string, date: CalendarDate) {
    const wanted = { code, date, quote: 'RUB', source: 'cbr', restate: true } as const;
    try {
      return this.days.rateOn({ ...wanted, asOf: undefined });
    } catch (thrown) {
      if (thrown instanceof NotLoadedError) throw new SheetNotLoadedError(`${code} on ${date}`);
      // A day that is yet to come is an invalid one.
      if (thrown instanceof NotSetError || thrown instanceof InvalidRequestError) return undefined;
      throw thrown;
    }
  }
}

async function* onePerDay(
  pages: AsyncIterable<StoredVersion[]>,
  lastSet: LastSet,
): AsyncGenerator<StoredVersion[]> {
  for await (const page of pages) {
    const byDay = new Map<string, StoredVersion>();
    for (const fixing of page) {
      const key = `${fixing.effective_date} ${fixing.code}`;
      const other = byDay.get(key);
      if (!other || takesPrecedence(fixing.cbr_id ?? '', other.cbr_id ?? '', lastSet)) {
        byDay.set(key, fixing);
      }
    }
    yield [...byDay.values()];
  }
}
