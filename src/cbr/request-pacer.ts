const SECOND_MS = 1_000;

/**
 * Spaces requests to the bank evenly. Intervals are measured from the start of the previous request on a monotonic
 * clock, so neither a late timer nor a clock adjustment shortens them.
 */
export class RequestPacer {
  private last = Promise.resolve();

  constructor(private readonly perSecond: number) {}

  /** Resolves when a request may start; first come, first served. */
  turn(): Promise<void> {
    const mine = this.last;
    this.last = mine.then(() => this.space());
    return mine;
  }

  private space(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, SECOND_MS / this.perSecond));
  }
}
