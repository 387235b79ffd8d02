import type { RowSource } from '../../src/database/row-source.js';
import type { Snapshots } from '../../src/database/snapshots.js';
import { wrappedSnapshots } from './wrapped-snapshots.js';

/**
 * Snapshots that call `cut` at one of their reads: before the database is asked, or when the first rows of many have
 * been taken.
 */
export class CutSnapshots {
  private left = Infinity;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly cut: () => void,
  ) {}

  /** Cuts at the n-th place from now on, counted from 1. */
  cutAt(place: number): void {
    this.left = place;
  }

  get cutting(): Snapshots {
    return wrappedSnapshots(this.snapshots, (rows) => this.counting(rows));
  }

  /** Counts a place, also one that the test has elsewhere. */
  pass(): void {
    this.left -= 1;
    if (this.left === 0) this.cut();
  }

  private counting(rows: RowSource): RowSource {
    return {
      cells: async <Cells extends readonly unknown[]>(
        ...question: Parameters<RowSource['cells']>
      ) => {
        this.pass();
        return rows.cells<Cells>(...question);
      },
      lines: async (query, take, slices) => {
        this.pass();
        let isFirst = true;
        await rows.lines(
          query,
          (lines) => {
            const last = take(lines);
            if (isFirst) this.pass();
            isFirst = false;
            return last;
          },
          slices,
        );
      },
    };
  }
}
