/** How many messages a client may send: so many a second, and as many at once. */
export class MessageBudget {
  private left: number;
  private filledAt: number;

  /** `now` in milliseconds of any clock that does not go back. */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.left = perSecond;
    this.filledAt = now;
  }

  /** Takes one out. False: there is none left. */
  spend(now: number): boolean {
    const earned = ((now - this.filledAt) / 1_000) * this.perSecond;
    this.left = Math.min(this.perSecond, this.left + earned);
    this.filledAt = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
