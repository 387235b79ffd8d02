import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import { byDateAndCode, type LatestVersions, type StoredVersion } from '../model/index.js';
import { dateAt, fixedAt, versionAt } from './book-versions.js';
import { CountingRows } from './counting-rows.js';
import type { RateBook } from './rate-book.js';
import type { VersionColumns } from './version-columns.js';

/**
 * Manual rates, now or as of an instant. A rate is in force from its date until the next of the same code; of several
 * for one day, the last recorded one.
 */
export class ManualView {
  private readonly rows: CountingRows;

  constructor(
    private readonly book: RateBook,
    asOf: string | undefined,
  ) {
    this.rows = CountingRows.manual(book.shared, asOf);
  }

  /** Newest rate of each code up to `day`, with the previous one of an earlier day; by code. */
  latest(day: CalendarDate, codes: readonly string[] | undefined): Map<string, LatestVersions> {
    const found = new Map<string, LatestVersions>();
    for (const [code, versions] of this.ofCodes(codes)) {
      const row = this.rows.lastBefore(versions, versions.upTo(dayNumber(day)));
      if (row < 0) continue;
      const previous = this.rows.before(versions, row);
      found.set(code, {
        current: this.version(versions, row, code),
        previous: previous < 0 ? null : fixedAt(versions, previous),
      });
    }
    return found;
  }

  /** All rates of a range, by day and code; for one day in recording order. */
  within(range: DateRange, codes: readonly string[] | undefined): StoredVersion[] {
    const [from, to] = [dayNumber(range.from), dayNumber(range.to)];
    const found: StoredVersion[] = [];
    for (const [code, versions] of this.ofCodes(codes)) {
      const [start, end] = [versions.upTo(from - 1), versions.upTo(to)];
      this.rows.everyOne(versions, start, end, (row) => {
        found.push(this.version(versions, row, code));
      });
    }
    return found.sort(byDateAndCode);
  }

  /** Day of the oldest rate of the codes; null if there is none. */
  firstDate(codes: readonly string[] | undefined): CalendarDate | null {
    let first: CalendarDate | null = null;
    for (const [, versions] of this.ofCodes(codes)) {
      const row = this.rows.firstFrom(versions, 0);
      if (row < 0) continue;
      const date = dateAt(versions, row);
      if (first === null || date < first) first = date;
    }
    return first;
  }

  private *ofCodes(
    codes: readonly string[] | undefined,
  ): Generator<readonly [string, VersionColumns]> {
    const { manual } = this.book.parts;
    if (!codes) {
      yield* manual;
      return;
    }
    for (const code of new Set(codes)) {
      const versions = manual.get(code);
      if (versions) yield [code, versions];
    }
  }

  private version(versions: VersionColumns, row: number, code: string): StoredVersion {
    const { currencies } = this.book.parts;
    // A manually created code may be known to the bank.
    const { name_en = null, num_code = null } =
      currencies.get(currencies.idsOf(code)[0] ?? '') ?? {};
    const bank = this.book.shared.banks.valueOf(versions.columns.bank[row] ?? 0);
    const described = { cbr_id: bank === '' ? null : bank, code, name_en, num_code };
    const { instants } = this.book.shared;
    const recorded_at = instants.valueOf(versions.columns.recorded[row] ?? 0);
    return { ...versionAt(versions, row, described, 'manual', this.book.shared), recorded_at };
  }
}
