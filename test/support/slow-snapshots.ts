import type { RowSource } from '../../src/database/row-source.js';
import type { Snapshots } from '../../src/database/snapshots.js';
import { wrappedSnapshots } from './wrapped-snapshots.js';

/** A text may contain a line break itself. */
const END_OF_LINE = "'\n";

/** Snapshots on a made-up machine, on which each row takes the same time. `performance.now` tells that time alone. */
export class SlowSnapshots {
  rowsRead = 0;
  /** Longest time between two turns of the event loop, in milliseconds. */
  longestTurnMs = 0;
  private now = 0;
  private isLooking = false;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly msPerRow: number,
  ) {}

  get slow(): Snapshots {
    return wrappedSnapshots(this.snapshots, (rows) => this.timed(rows));
  }

  /** Looks at the event loop until `work` has ended. */
  async during(work: () => Promise<unknown>): Promise<void> {
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => this.now);
    this.isLooking = true;
    let last = this.now;
    const look = () => {
      this.longestTurnMs = Math.max(this.longestTurnMs, this.now - last);
      last = this.now;
      if (this.isLooking) setImmediate(look);
    };
    look();
    await work();
    look();
    this.isLooking = false;
    clock.mockRestore();
  }

  private timed(rows: RowSource): RowSource {
    return {
      cells: async <Cells extends readonly unknown[]>(
        ...question: Parameters<RowSource['cells']>
      ) => this.timedCells(await rows.cells<Cells>(...question)),
      lines: (query, take, slices) =>
        rows.lines(
          query,
          (lines) => {
            this.pass(lines.toString().split(END_OF_LINE).length - 1);
            return take(lines);
          },
          slices,
        ),
    };
  }

  /** The time passes when the rows are looked at. */
  private timedCells<Cells>(cells: Cells[]): Cells[] {
    const [pass, each] = [() => this.pass(cells.length), cells[Symbol.iterator].bind(cells)];
    Object.defineProperty(cells, Symbol.iterator, {
      value: () => {
        pass();
        return each();
      },
    });
    return cells;
  }

  private pass(rows: number): void {
    this.rowsRead += rows;
    this.now += rows * this.msPerRow;
  }
}
