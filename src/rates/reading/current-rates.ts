import { Injectable } from '@nestjs/common';
import { moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { type BookPosition, type RateBook, RateBooks, currentRow } from '../book/index.js';
import type { RateRow } from '../model/index.js';
import { ratesInForce } from './rates-in-force.js';
import { RequestedDays } from './requested-day.js';

/** Rates in force, and the commit that they are as of. */
interface Current {
  position: BookPosition;
  rows: readonly RateRow[];
}

/** Initial state of event consumers. */
@Injectable()
export class CurrentRates {
  private latest: { book: RateBook; day: string; current: Current } | undefined;

  constructor(
    private readonly books: RateBooks,
    private readonly days: RequestedDays,
    private readonly clock: Clock,
  ) {}

  /**
   * Rates in force on the last known day (tomorrow, once its sheet is published), the bank's and manual ones, by
   * code, without deleted ones. Returns the same object while nothing has changed.
   *
   * @throws BookNotLoadedError
   */
  current(): Current {
    const book = this.books.current;
    // Another day may have other rates in force.
    const day = moscowDate(this.clock.now());
    if (this.latest?.book !== book || this.latest.day !== day) {
      this.latest = { book, day, current: this.from(book) };
    }
    return this.latest.current;
  }

  private from(book: RateBook): Current {
    const { rates } = ratesInForce(this.days.resolve('latest', undefined), 'all', undefined);
    const rows = [...rates.values()].flatMap(({ current }) => currentRow(book, current) ?? []);
    rows.sort((one, other) => (one.code < other.code ? -1 : 1));
    return { position: book.position, rows };
  }
}
