/** Seconds of the window, and the current one. */
const SLOTS = 61;

/** Sliding window of the requests of one client in 60 seconds, with one counter per second. */
export class RequestWindow {
  private readonly counts = new Uint32Array(SLOTS);
  private total = 0;
  private newest = 0;

  /**
   * Counts a request in this second and returns 0. If there are `most` already, returns the seconds until there are
   * fewer.
   */
  countRequest(second: number, most: number): number {
    this.advance(second);
    if (this.total >= most) return this.secondsUntilFewer(second);
    this.counts[second % SLOTS] = (this.counts[second % SLOTS] ?? 0) + 1;
    this.total += 1;
    return 0;
  }

  private advance(second: number): void {
    for (let next = Math.max(this.newest + 1, second - SLOTS + 1); next <= second; next++) {
      this.total -= this.counts[next % SLOTS] ?? 0;
      this.counts[next % SLOTS] = 0;
    }
    this.newest = second;
  }

  private secondsUntilFewer(second: number): number {
    let oldest = second - SLOTS + 1;
    while (oldest < second && !this.counts[(oldest + SLOTS) % SLOTS]) oldest += 1;
    return oldest + SLOTS - second;
  }
}
