import { type Columns, NEVER } from './column-arena.js';
import type { VersionColumns } from './version-columns.js';
import type { SharedValues } from './version-rows.js';

/** What a row says of its day. */
const COUNTS = 1;
/** It does not count; an earlier row of the day may. */
const SKIPPED = 0;
/** The day has no figure. */
const EMPTY_DAY = -1;
type Verdict = typeof COUNTS | typeof SKIPPED | typeof EMPTY_DAY;
type Judge = (columns: Columns, row: number) => Verdict;

/** Finds the rows that count, now or at an instant; of each day at most one. */
export class CountingRows {
  private constructor(
    private readonly judge: Judge,
    /** Whether nothing of a key had been recorded by then. */
    private readonly isUnknown: (versions: VersionColumns) => boolean,
  ) {}

  /** The bank's last word of each day; those of withdrawn sheets leave the day empty. @param withdrawn numbers of days */
  static official(
    shared: SharedValues,
    asOf: string | undefined,
    withdrawn: ReadonlySet<number>,
  ): CountingRows {
    const isOut = ({ day }: Columns, row: number) =>
      withdrawn.size > 0 && withdrawn.has(day[row] ?? 0);
    if (asOf === undefined) {
      return new CountingRows(
        (columns, row) => (isOut(columns, row) ? EMPTY_DAY : COUNTS),
        () => false,
      );
    }
    const isBy = instantFilter(shared, asOf);
    return new CountingRows(
      (columns, row) => {
        if (isOut(columns, row)) return EMPTY_DAY;
        return isBy(columns.recorded[row]) ? COUNTS : SKIPPED;
      },
      (versions) => !isBy(versions.firstRecorded(shared.instants)),
    );
  }

  /** What people set, as it stands or stood. */
  static manual(shared: SharedValues, asOf: string | undefined): CountingRows {
    if (asOf === undefined) {
      return new CountingRows(
        ({ ended }, row) => (ended[row] === NEVER ? COUNTS : SKIPPED),
        () => false,
      );
    }
    const isBy = instantFilter(shared, asOf);
    return new CountingRows(
      ({ recorded, ended }, row) => (isBy(recorded[row]) && !isBy(ended[row]) ? COUNTS : SKIPPED),
      (versions) => !isBy(versions.firstRecorded(shared.instants)),
    );
  }

  /** The row of the newest day among those before `end`; -1 where none counts. */
  lastBefore(versions: VersionColumns, end: number): number {
    if (this.isUnknown(versions)) return -1;
    const { columns } = versions;
    let row = end - 1;
    while (row >= 0) {
      const verdict = this.judge(columns, row);
      if (verdict === COUNTS) return row;
      row = verdict === SKIPPED ? row - 1 : startOfDay(columns, row) - 1;
    }
    return -1;
  }

  /** The same for the days before that of `row`. */
  before(versions: VersionColumns, row: number): number {
    return this.lastBefore(versions, startOfDay(versions.columns, row));
  }

  /** The row of the first day among those from `start` on; -1 where none counts. */
  firstFrom(versions: VersionColumns, start: number): number {
    for (let row = start; row < versions.length; row = endOfDay(versions, row)) {
      const found = this.ofDay(versions, row);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** Calls `each` with the rows of the days among those from `start` to `end` (excluded), in their order. */
  between(versions: VersionColumns, start: number, end: number, each: (row: number) => void): void {
    if (this.isUnknown(versions)) return;
    for (let row = start; row < end; row = endOfDay(versions, row)) {
      const found = this.ofDay(versions, row);
      if (found >= 0) each(found);
    }
  }

  /** Calls `each` with every row that counts, of one day several as well. */
  everyOne(
    versions: VersionColumns,
    start: number,
    end: number,
    each: (row: number) => void,
  ): void {
    for (let row = start; row < end; row++) {
      if (this.judge(versions.columns, row) === COUNTS) each(row);
    }
  }

  /** The row that counts of the day that begins at `start`; -1 for none. */
  private ofDay(versions: VersionColumns, start: number): number {
    for (let row = endOfDay(versions, start) - 1; row >= start; row--) {
      const verdict = this.judge(versions.columns, row);
      if (verdict === COUNTS) return row;
      if (verdict === EMPTY_DAY) return -1;
    }
    return -1;
  }
}

/** Whether an interned instant is at `asOf` or before; NEVER is not. */
function instantFilter({ instants }: SharedValues, asOf: string) {
  return (instant = NEVER): boolean => instant !== NEVER && instants.valueOf(instant) <= asOf;
}

function startOfDay({ day }: Columns, row: number): number {
  let start = row;
  while (start > 0 && day[start - 1] === day[row]) start -= 1;
  return start;
}

function endOfDay({ columns: { day }, length }: VersionColumns, row: number): number {
  let end = row + 1;
  while (end < length && day[end] === day[row]) end += 1;
  return end;
}
