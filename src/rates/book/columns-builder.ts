import { ColumnArena, type Columns } from './column-arena.js';
import type { Slices } from '../../database/slices.js';
import { sortedPlaces, STEPS } from './sorted-places.js';
import { type PackedVersion, VersionColumns } from './version-columns.js';

/** Order of two rows of one day: negative if `one` comes before `other`. */
export type DayOrder = (columns: Columns, one: number, other: number) => number;

const FIRST_ROWS = 16;
/** An arena has eight times as many rows as the one before, up to this number. */
const MOST_ROWS = 8_192;

/** Collects versions in any order, and sorts them once. */
export class ColumnsBuilder {
  private arena = new ColumnArena(FIRST_ROWS, false);
  private readonly full: ColumnArena[] = [];

  constructor(private readonly order: DayOrder) {}

  add(version: PackedVersion): void {
    const { arena } = this;
    const isRevision = version.revision !== 0;
    const hasRevisions = arena.hasRevisions || isRevision;
    if (arena.used === arena.capacity || hasRevisions !== arena.hasRevisions) {
      if (arena.used > 0) this.full.push(arena);
      this.arena = new ColumnArena(Math.min(arena.capacity * 8, MOST_ROWS), hasRevisions);
    }
    this.arena.write(version);
  }

  async build(slices: Slices): Promise<VersionColumns> {
    const all = await this.joined(slices);
    const { columns, used, hasRevisions } = all;
    const { day } = columns;
    const order = (one: number, other: number) =>
      (day[one] ?? 0) - (day[other] ?? 0) || this.order(columns, one, other);
    const places = await sortedPlaces(used, order, slices);
    if (!places) return VersionColumns.over(all);
    const sorted = ColumnArena.roomFor(used, hasRevisions);
    for (let start = 0; start < used; start += STEPS) {
      sorted.gather(columns, places.subarray(start, start + STEPS));
      await slices.turn();
    }
    return VersionColumns.over(sorted);
  }

  private async joined(slices: Slices): Promise<ColumnArena> {
    const arenas = [...this.full, this.arena];
    const rows = arenas.reduce((sum, { used }) => sum + used, 0);
    const all = ColumnArena.roomFor(rows, this.arena.hasRevisions);
    for (const { columns, used } of arenas) {
      all.copy(columns, 0, used);
      await slices.turn();
    }
    return all;
  }
}
