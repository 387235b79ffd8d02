import { Injectable } from '@nestjs/common';
import type { DateRange } from '../../common/date-range.js';
import { RateBooks, viewOf } from '../book/index.js';
import { type LastSet, type StoredVersion, takesPrecedence } from '../model/index.js';
import { OfficialSeries } from './official-series.js';

/** Reads the bank's fixings by letter code: of IDs that share one, the fixing with precedence on each day. */
@Injectable()
export class OfficialSeriesByCode {
  constructor(
    private readonly books: RateBooks,
    private readonly series: OfficialSeries,
  ) {}

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
    return onePerCode(this.series.records({ ids, from, to }), lastSet);
  }

  /** Letter codes, among some or of all, with figures in the range that are held, and not among the fixings. */
  heldWithin(codes: readonly string[] | undefined, range: DateRange): string[] {
    return viewOf(this.books.current).held.codesWithin(range, codes);
  }
}

async function* onePerCode(
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
