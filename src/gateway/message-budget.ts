/** Token bucket: messages a second, with a burst of the same size. */
export class MessageBudget {
  private left: number;
  private filledAt: number;

  /** @param now milliseconds of a monotonic clock */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.left = perSecond;
    this.filledAt = now;
  }

  /** Takes a token; false if none is left. */
  spend(now: number): boolean {
    const earned = ((now - this.filledAt) / 1_000) * this.perSecond;
    this.left = Math.min(this.perSecond, this.left + earned);
    this.filledAt = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
