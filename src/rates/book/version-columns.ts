import { ColumnArena, type Columns, NEVER } from './column-arena.js';
import type { Interned } from './interned.js';
import type { Slices } from '../../database/slices.js';

/** A version in the form of the columns: `day` as day number, instants and names interned. */
export type PackedVersion = Record<keyof Columns, number>;

/** Replacement for the rows of the days `from` to `to` (inclusive), as day numbers. */
export interface DayRangeNews {
  from: number;
  to: number;
  versions: VersionColumns;
}

/**
 * Versions of one bank ID, or manual ones of one code, ordered by day and within a day by precedence. Immutable: a
 * change creates a new object, which may share the arena.
 */
export class VersionColumns {
  static readonly NONE = new VersionColumns(new ColumnArena(0, false), 0);

  /** Cached result of `firstRecorded`. */
  private first: number | undefined;

  private constructor(
    private readonly arena: ColumnArena,
    readonly length: number,
  ) {}

  /** All rows of an arena, which must be ordered by day. */
  static over(arena: ColumnArena): VersionColumns {
    return new VersionColumns(arena, arena.used);
  }

  get columns(): Columns {
    return this.arena.columns;
  }

  get bytes(): number {
    return this.arena.bytes;
  }

  /** Number of rows up to `day`, inclusive. */
  upTo(day: number): number {
    const days = this.arena.columns.day;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((days[middle] ?? 0) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Earliest recording time, as an interned number; NEVER without rows. */
  firstRecorded(instants: Interned<string>): number {
    if (this.first !== undefined) return this.first;
    const { recorded } = this.arena.columns;
    let first = NEVER;
    let last = NEVER;
    for (let row = 0; row < this.length; row++) {
      const instant = recorded[row] ?? NEVER;
      // Consecutive rows often share an instant.
      if (instant === last) continue;
      last = instant;
      if (first === NEVER || instants.valueOf(instant) < instants.valueOf(first)) first = instant;
    }
    this.first = first;
    return first;
  }

  /** Rows `from` to `to` (exclusive). */
  slice(from: number, to: number): VersionColumns {
    if (from === 0 && to === this.length) return this;
    const arena = new ColumnArena(to - from, this.arena.hasRevisions);
    arena.copy(this.arena.columns, from, to);
    return VersionColumns.over(arena);
  }

  /** Whether a row is a revision. */
  get hasRevisions(): boolean {
    return this.arena.hasRevisions;
  }

  /** Replaces the rows of ranges of days. @param news ordered by day, without overlaps */
  async replacing(news: readonly DayRangeNews[], slices: Slices): Promise<VersionColumns> {
    const { arena, length } = this;
    const places = news.map(({ from, to, versions }) => ({
      start: this.upTo(from - 1),
      end: this.upTo(to),
      versions,
    }));
    const [first] = places;
    if (places.length === 1 && first?.start === 0 && first.end === length) return first.versions;
    const change = places.reduce(
      (sum, { start, end, versions }) => sum + versions.length - (end - start),
      0,
    );
    const size = length + change;
    if (size === 0) return VersionColumns.NONE;
    const hasRevisions = this.hasRevisions || news.some(({ versions }) => versions.hasRevisions);
    // A longer view may have appended rows to the arena; only the longest view may append.
    const isOwner = arena.used === length && size <= arena.capacity;
    const isAppended = places.every(({ start }) => start === length);
    if (isOwner && isAppended && hasRevisions === this.hasRevisions) {
      for (const { versions } of places) arena.copy(versions.columns, 0, versions.length);
      return new VersionColumns(arena, size);
    }
    const copy = ColumnArena.roomFor(size, hasRevisions);
    let done = 0;
    for (const { start, end, versions } of places) {
      await copy.copyMany(arena.columns, done, start, slices);
      await copy.copyMany(versions.columns, 0, versions.length, slices);
      done = end;
    }
    await copy.copyMany(arena.columns, done, length, slices);
    return new VersionColumns(copy, size);
  }
}
