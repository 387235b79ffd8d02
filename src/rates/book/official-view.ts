import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import {
  byDateAndCode,
  type CurrencyEntity,
  lastSetText,
  type LatestVersions,
  type StoredVersion,
} from '../model/index.js';
import { dateAt, fixedAt, versionAt } from './book-versions.js';
import { CountingRows } from './counting-rows.js';
import type { RateBook } from './rate-book.js';
import type { VersionColumns } from './version-columns.js';

/** Official rates, unaffected by edits: the bank's last value of each fixing, now or as known at an instant. */
export class OfficialView {
  private readonly rows: CountingRows;

  constructor(
    private readonly book: RateBook,
    asOf: string | undefined,
    /** Dates of withdrawn sheets. */
    withdrawn: ReadonlySet<CalendarDate>,
  ) {
    const days = new Set([...withdrawn].map(dayNumber));
    this.rows = CountingRows.official(book.shared, asOf, days);
  }

  /** Newest fixing of each currency up to `day`, with the previous one; by the bank's ID. */
  latest(day: CalendarDate, codes: readonly string[] | undefined): Map<string, LatestVersions> {
    const found = new Map<string, LatestVersions>();
    for (const currency of this.currenciesOf(codes)) {
      const latest = this.latestOf(currency, day);
      if (latest) found.set(currency.cbr_id, latest);
    }
    return found;
  }

  /** Fixings of a range, by day and code. */
  within(range: DateRange, codes: readonly string[] | undefined): StoredVersion[] {
    const [from, to] = [dayNumber(range.from), dayNumber(range.to)];
    const currencies = this.currenciesOf(codes);
    const found: StoredVersion[] = [];
    for (const currency of currencies) {
      const versions = this.book.parts.official.get(currency.cbr_id);
      if (!versions) continue;
      const [start, end] = [versions.upTo(from - 1), versions.upTo(to)];
      this.rows.between(versions, start, end, (row) => {
        found.push(this.version(versions, row, currency));
      });
    }
    return currencies.length > 1 ? found.sort(byDateAndCode) : found;
  }

  /** Dates of a currency's first and last fixing. */
  edges(cbr_id: string): { first: CalendarDate | null; last: CalendarDate | null } {
    const versions = this.book.parts.official.get(cbr_id);
    if (!versions) return { first: null, last: null };
    const first = this.rows.firstFrom(versions, 0);
    const last = this.rows.lastBefore(versions, versions.length);
    return {
      first: first < 0 ? null : dateAt(versions, first),
      last: last < 0 ? null : dateAt(versions, last),
    };
  }

  /** Last fixing of a currency with its recording time, to choose among IDs that share a code. */
  lastSet(cbr_id: string): string | undefined {
    const versions = this.book.parts.official.get(cbr_id);
    if (!versions) return undefined;
    const last = this.rows.lastBefore(versions, versions.length);
    if (last < 0) return undefined;
    const { instants } = this.book.shared;
    const recorded = instants.valueOf(versions.columns.recorded[last] ?? 0);
    return lastSetText(dateAt(versions, last), recorded);
  }

  private currenciesOf(codes: readonly string[] | undefined): readonly CurrencyEntity[] {
    const { currencies } = this.book.parts;
    if (!codes) return currencies.all;
    const found: CurrencyEntity[] = [];
    for (const code of new Set(codes)) {
      for (const id of currencies.idsOf(code)) {
        const currency = currencies.get(id);
        if (currency) found.push(currency);
      }
    }
    return found;
  }

  private latestOf(currency: CurrencyEntity, day: CalendarDate): LatestVersions | undefined {
    const versions = this.book.parts.official.get(currency.cbr_id);
    if (!versions) return undefined;
    const row = this.rows.lastBefore(versions, versions.upTo(dayNumber(day)));
    if (row < 0) return undefined;
    const previous = this.rows.before(versions, row);
    return {
      current: this.version(versions, row, currency),
      previous: previous < 0 ? null : fixedAt(versions, previous),
    };
  }

  private version(versions: VersionColumns, row: number, currency: CurrencyEntity): StoredVersion {
    return versionAt(versions, row, currency, 'cbr', this.book.shared);
  }
}
