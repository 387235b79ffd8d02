import { ColumnArena, type Columns } from './column-arena.js';
import type { Slices } from '../../database/slices.js';
import { sortedPlaces, STEPS } from './sorted-places.js';
import { type PackedVersion, VersionColumns } from './version-columns.js';

/** Order of two rows of one day: negative if `one` comes before `other`. */
export type DayOrder = (columns: Columns, one: number, other: number) => number;

const FIRST_ROWS = 16;
/** An arena has eight times as many rows as the one before, up to this number. */
const MOST_ROWS = 8_192;

/** Collects versions in any order, and sorts them once. It can be used again: V8 leaves much garbage of buffers. */
export class ColumnsBuilder {
  private arenas = [new ColumnArena(FIRST_ROWS, false)];
  /** Place of the arena that is being filled. */
  private place = 0;
  private rows = 0;
  private hasRevisions = false;
  private isByDay = true;
  private lastDay = -Infinity;
  /** For rows that have to be sorted. */
  private unsorted = new ColumnArena(0, false);

  constructor(private readonly order: DayOrder) {}

  add(version: PackedVersion): void {
    const isRevision = version.revision !== 0;
    this.hasRevisions ||= isRevision;
    this.isByDay &&= version.day > this.lastDay;
    this.lastDay = version.day;
    this.rows += 1;
    this.arenaFor(isRevision).write(version);
  }

  /** Columns of everything that was added since the last call. */
  async build(slices: Slices): Promise<VersionColumns> {
    const { rows, isByDay, hasRevisions } = this;
    const sorted = ColumnArena.roomFor(rows, hasRevisions);
    if (isByDay) await this.join(sorted, slices);
    else await this.sort(sorted, slices);
    Object.assign(this, { place: 0, rows: 0, lastDay: -Infinity });
    Object.assign(this, { hasRevisions: false, isByDay: true });
    for (const arena of this.arenas) arena.used = 0;
    return VersionColumns.over(sorted);
  }

  private arenaFor(isRevision: boolean): ColumnArena {
    for (;;) {
      const arena = this.arenas[this.place];
      if (arena && arena.used < arena.capacity && (arena.hasRevisions || !isRevision)) return arena;
      if (!arena) {
        const rows = Math.min((this.arenas.at(-1)?.capacity ?? 0) * 8, MOST_ROWS);
        this.arenas.push(new ColumnArena(rows, isRevision));
      } else this.place += 1;
    }
  }

  private async join(all: ColumnArena, slices: Slices): Promise<void> {
    for (const { columns, used } of this.arenas) {
      all.copy(columns, 0, used);
      await slices.turn();
    }
  }

  private async sort(sorted: ColumnArena, slices: Slices): Promise<void> {
    const { rows, hasRevisions } = this;
    if (this.unsorted.capacity < rows || this.unsorted.hasRevisions !== hasRevisions) {
      this.unsorted = new ColumnArena(rows, hasRevisions);
    }
    this.unsorted.used = 0;
    await this.join(this.unsorted, slices);
    const { columns } = this.unsorted;
    const { day } = columns;
    const order = (one: number, other: number) =>
      (day[one] ?? 0) - (day[other] ?? 0) || this.order(columns, one, other);
    const places = await sortedPlaces(rows, order, slices);
    if (!places) return sorted.copyMany(columns, 0, rows, slices);
    for (let start = 0; start < rows; start += STEPS) {
      sorted.gather(columns, places.subarray(start, start + STEPS));
      await slices.turn();
    }
  }
}
