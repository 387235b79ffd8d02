import { type CalendarDate, earlier, later } from '../../common/calendar-date.js';
import { ALL_DAYS, type DateRange, joined } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import type { Added, KeyChange } from '../../database/change-set.js';
import type { RowSource } from '../../database/row-source.js';
import type { Slices } from '../../database/slices.js';

/** Beyond this number of ranges, everything from the first to the last day counts as changed. */
const MOST_RANGES = 64;

/** Changed days of one key of a part. */
export class ChangedDays {
  private known: DateRange[] = [];

  /** @param added the only change: rows that this process has inserted */
  constructor(readonly added?: Added) {}

  add(range: DateRange): void {
    const last = this.known.at(-1);
    if (last && areTogether(last, range)) {
      last.from = earlier(last.from, range.from);
      last.to = later(last.to, range.to);
      return;
    }
    this.known.push({ ...range });
    if (this.known.length > 2 * MOST_RANGES) this.known = this.ranges;
  }

  /** In order, without overlaps. */
  get ranges(): DateRange[] {
    const ranges = joined(this.known);
    const [first, last] = [ranges[0], ranges.at(-1)];
    if (!first || !last || ranges.length <= MOST_RANGES) return ranges;
    return [{ from: first.from, to: last.to }];
  }
}

/** Changes of a book: the changed days by key, by part. */
export class BookChanges {
  private readonly parts = new Map<string, Map<string, ChangedDays>>();

  /** The changes of a unit of work of this process. */
  static of(changes: readonly KeyChange[]): BookChanges {
    const all = new BookChanges();
    for (const { part, key, from_date, to_date, added } of changes) {
      all.add(part, key, daysOf(from_date, to_date), added);
    }
    return all;
  }

  add(part: string, key: string, days: DateRange, added?: Added): void {
    const keys = this.parts.get(part) ?? new Map<string, ChangedDays>();
    this.parts.set(part, keys);
    let ofKey = keys.get(key);
    if (!ofKey) keys.set(key, (ofKey = new ChangedDays(added)));
    ofKey.add(days);
  }

  /** Changed keys of a part, which has none if it has not changed. */
  keysOf(part: string): ReadonlyMap<string, ChangedDays> {
    return this.parts.get(part) ?? NONE;
  }
}

const NONE: ReadonlyMap<string, ChangedDays> = new Map();

const CHANGES = `SELECT id, data_version, part, key, from_date, to_date FROM changes
  WHERE (data_version, id) > ($1, $2) AND data_version <= $3 ORDER BY data_version, id LIMIT $4`;

type ChangeCells = readonly [
  id: number,
  dataVersion: number,
  part: string,
  key: string,
  from: CalendarDate | null,
  to: CalendarDate | null,
];

/** Reads the recorded changes of the versions after `known`; undefined if one of them has none. */
export async function changesBetween(
  known: number,
  wanted: number,
  rows: RowSource,
  slices: Slices,
): Promise<BookChanges | undefined> {
  const changes = new BookChanges();
  const pages = slices.pages<ChangeCells[]>(
    CHANGES,
    (most, last) => {
      const [id = 0, version = known + 1] = last?.at(-1) ?? [];
      return rows.cells(CHANGES, [version, id, wanted, most]);
    },
    ({ length }) => length,
  );
  let version = known;
  for await (const page of pages) {
    for (const [, ofVersion, part, key, from, to] of page) {
      if (ofVersion > version + 1) return undefined;
      version = ofVersion;
      changes.add(part, key, daysOf(from, to));
    }
  }
  return version === wanted ? changes : undefined;
}

function daysOf(from: CalendarDate | null, to: CalendarDate | null): DateRange {
  return { from: from ?? ALL_DAYS.from, to: to ?? ALL_DAYS.to };
}

function areTogether(one: DateRange, other: DateRange): boolean {
  return (
    dayNumber(other.from) <= dayNumber(one.to) + 1 && dayNumber(one.from) <= dayNumber(other.to) + 1
  );
}
