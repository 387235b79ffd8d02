import { ColumnArena, type Columns } from './column-arena.js';
import { type PackedVersion, VersionColumns } from './version-columns.js';

/** Order of two rows of one day: negative if `one` comes before `other`. */
export type DayOrder = (columns: Columns, one: number, other: number) => number;

/** From this number of rows, capacity grows by a factor of two instead of eight. */
const MUCH = 4_096;

/** Collects versions in any order, and sorts them once. */
export class ColumnsBuilder {
  private arena = new ColumnArena(16);
  private isSorted = true;

  constructor(private readonly order: DayOrder) {}

  add(version: PackedVersion): void {
    if (this.arena.used === this.arena.capacity) {
      const { capacity } = this.arena;
      const larger = new ColumnArena(capacity * (capacity < MUCH ? 8 : 2));
      larger.copy(this.arena.columns, 0, this.arena.used);
      this.arena = larger;
    }
    this.arena.write(version);
    const last = this.arena.used - 1;
    if (last > 0 && this.isSorted) this.isSorted = this.compare(last - 1, last) <= 0;
  }

  build(): VersionColumns {
    const { columns, used } = this.arena;
    const sorted = ColumnArena.roomFor(used);
    if (this.isSorted) {
      sorted.copy(columns, 0, used);
    } else {
      // An Array, not a typed array: its sort detects ordered runs, and rows consist of few.
      const places = Array.from({ length: used }, (_, place) => place);
      places.sort((one, other) => this.compare(one, other));
      sorted.gather(columns, Uint32Array.from(places));
    }
    return VersionColumns.over(sorted);
  }

  private compare(one: number, other: number): number {
    const { columns } = this.arena;
    const { day } = columns;
    return (day[one] ?? 0) - (day[other] ?? 0) || this.order(columns, one, other);
  }
}
