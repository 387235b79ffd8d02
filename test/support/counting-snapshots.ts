import type { RowSource } from '../../src/database/row-source.js';
import type { Snapshots } from '../../src/database/snapshots.js';

/** Counts the rows that are read through snapshots, by turns of the event loop. */
export class CountingSnapshots {
  rowsRead = 0;
  mostRowsInATurn = 0;
  private rowsInTurn = 0;
  private isLooking = false;

  constructor(private readonly snapshots: Snapshots) {}

  get counting(): Snapshots {
    const through =
      (name: 'read' | 'readFreely') => (work: (rows: RowSource) => Promise<unknown>) =>
        this.snapshots[name]((rows) => work(this.counted(rows)));
    return { read: through('read'), readFreely: through('readFreely') } as unknown as Snapshots;
  }

  /** Counts what is read until `work` has ended. */
  async during(work: () => Promise<unknown>): Promise<void> {
    this.isLooking = true;
    const look = () => {
      this.rowsInTurn = 0;
      if (this.isLooking) setImmediate(look);
    };
    look();
    this.rowsRead = this.mostRowsInATurn = 0;
    await work();
    this.isLooking = false;
  }

  private counted(rows: RowSource): RowSource {
    return {
      cells: async <Cells extends readonly unknown[]>(
        ...question: Parameters<RowSource['cells']>
      ) => {
        const cells = await rows.cells<Cells>(...question);
        this.count(cells.length);
        return cells;
      },
      lines: async (...question) => {
        const lines = await rows.lines(...question);
        this.count(lines.count);
        return lines;
      },
      lengthOf: (text) => rows.lengthOf(text),
    };
  }

  private count(rows: number): void {
    this.rowsRead += rows;
    this.rowsInTurn += rows;
    this.mostRowsInATurn = Math.max(this.mostRowsInATurn, this.rowsInTurn);
  }
}
