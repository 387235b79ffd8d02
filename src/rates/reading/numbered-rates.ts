import { Injectable } from '@nestjs/common';
import { type CalendarDate, LAST_DAY, moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { RateBooks, viewOf } from '../book/index.js';
import {
  FIRST_SHEET_DATE,
  NotLoadedError,
  NotSetError,
  SheetNotLoadedError,
  type StoredVersion,
  UnknownCodeError,
} from '../model/index.js';
import { OfficialSeriesByCode } from './official-series-by-code.js';
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
    private readonly series: OfficialSeriesByCode,
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
    // Past days need no other currency's figures.
    if (date >= moscowDate(this.clock.now())) this.rejectOverdueSheet(date);
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
    const range = { from: FIRST_SHEET_DATE, to: LAST_DAY };
    return this.series.fixings(this.codesOf(number), range);
  }

  private codesOf(number: string): string[] {
    const { all } = viewOf(this.books.current).currencies;
    const codes = all.filter(({ num_code }) => num_code === number).map(({ code }) => code);
    if (codes.length === 0) throw new UnknownCodeError(number);
    return [...new Set(codes)];
  }

  /** @throws SheetNotLoadedError if today is unknown, because its sheet is overdue */
  private rejectOverdueSheet(date: CalendarDate): void {
    this.sheets.inForceOn(date);
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
