import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work between two turns of the event loop, in milliseconds, not counting the step that exceeds it. */
const SLICE_MS = 5;
/** Wanted time for a page of rows. */
const PAGE_MS = 3;
const FIRST_ROWS = 64;
const FEWEST_ROWS = 16;
const MOST_ROWS = 4_000;

/** Splits long work by time: how long a row takes depends on the machine, the engine and the disk. */
export class Slices {
  private began = performance.now();
  private readonly sizes = new Map<string, PageSize>();

  /** @param stop ends the work with the reason of its abort */
  constructor(private readonly stop?: AbortSignal) {}

  get isUsedUp(): boolean {
    return performance.now() - this.began >= SLICE_MS;
  }

  /** Yields to the event loop if the slice is used up. To be called every few thousand simple steps. */
  async turn(): Promise<void> {
    this.stop?.throwIfAborted();
    if (!this.isUsedUp) return;
    await nextTurn();
    this.began = performance.now();
  }

  /**
   * Reads pages of a statement until one is not full.
   *
   * @param read reads at most `rows` rows after those of the last page
   * @param countOf number of rows of a page
   */
  async *pages<Page>(
    sql: string,
    read: (rows: number, last: Page | undefined) => Promise<Page>,
    countOf: (page: Page) => number,
  ): AsyncGenerator<Page> {
    let size = this.sizes.get(sql);
    if (!size) this.sizes.set(sql, (size = new PageSize()));
    let last: Page | undefined;
    for (let isWhole = false; !isWhole;) {
      const { rows } = size;
      const began = performance.now();
      const reading = read(rows, last);
      // SQLite reads before it returns; PostgreSQL holds the event loop only with the answer.
      const heldMs = performance.now() - began;
      last = await reading;
      const parsing = performance.now();
      yield last;
      isWhole = countOf(last) < rows;
      if (!isWhole) size.took(heldMs + performance.now() - parsing);
      await this.turn();
    }
  }
}

/** Number of rows to read at a time, adapted to the time of the last page. */
class PageSize {
  rows = FIRST_ROWS;

  /** @param ms time in which a full page held the event loop */
  took(ms: number): void {
    const factor = Math.min(2, Math.max(0.25, PAGE_MS / ms));
    this.rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.round(this.rows * factor)));
  }
}
