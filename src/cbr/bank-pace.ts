const SECOND_MS = 1_000;

/**
 * Spaces the requests to the bank evenly. The time between two is measured from when the first of
 * them began: neither a late timer nor a clock that is set brings them nearer together.
 */
export class BankPace {
  private last = Promise.resolve();

  constructor(private readonly perSecond: number) {}

  /** Resolves when a request may begin, in the order of asking. */
  turn(): Promise<void> {
    const mine = this.last;
    this.last = mine.then(() => this.space());
    return mine;
  }

  private space(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, SECOND_MS / this.perSecond));
  }
}
