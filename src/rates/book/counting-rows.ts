import { type Columns, NEVER } from './column-arena.js';
import type { VersionColumns } from './version-columns.js';
import type { SharedValues } from './version-lines.js';

/** Results of judging a row. */
const COUNTS = 1;
/** The row is not valid; an earlier row of the day may be. */
const SKIPPED = 0;
/** The day has no rate. */
const EMPTY_DAY = -1;
type Verdict = typeof COUNTS | typeof SKIPPED | typeof EMPTY_DAY;
type Judge = (columns: Columns, row: number) => Verdict;

/** Finds valid rows, now or at an instant: at most one per day. */
export class CountingRows {
  private constructor(
    private readonly judge: Judge,
    /** Whether nothing of a key was recorded at the instant. */
    private readonly isUnknown: (versions: VersionColumns) => boolean,
  ) {}

  /** The bank's last row of each day; days of withdrawn sheets are empty. @param withdrawn day numbers */
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

  /** Manual rows, now or at an instant. */
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

  /** Valid row of the newest day before `end`; -1 if there is none. */
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

  /** Valid row of the first day from `start` on; -1 if there is none. */
  firstFrom(versions: VersionColumns, start: number): number {
    for (let row = start; row < versions.length; row = endOfDay(versions, row)) {
      const found = this.ofDay(versions, row);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** Calls `each` with the valid rows from `start` to `end` (exclusive), in order. */
  between(versions: VersionColumns, start: number, end: number, each: (row: number) => void): void {
    if (this.isUnknown(versions)) return;
    for (let row = start; row < end; row = endOfDay(versions, row)) {
      const found = this.ofDay(versions, row);
      if (found >= 0) each(found);
    }
  }

  /** Calls `each` with every valid row, possibly several per day. */
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

  /** Valid row of the day that begins at `start`; -1 if there is none. */
  private ofDay(versions: VersionColumns, start: number): number {
    for (let row = endOfDay(versions, start) - 1; row >= start; row--) {
      const verdict = this.judge(versions.columns, row);
      if (verdict === COUNTS) return row;
      if (verdict === EMPTY_DAY) return -1;
    }
    return -1;
  }
}

/** Whether an interned instant is at or before `asOf`; NEVER is not. */
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
