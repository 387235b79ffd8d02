/**
 * Runs `work` when woken, never twice at once: waking it during a run causes one run more, so what
 * happened before the wake is always seen. `work` deals with its own failures.
 */
export class CoalescedTask {
  private isRunning = false;
  private run: Promise<void> = Promise.resolve();
  private again = false;

  constructor(private readonly work: () => Promise<void>) {}

  wake(): void {
    this.again = true;
    if (this.isRunning) return;
    // Before the first step, which may wake us again.
    this.isRunning = true;
    this.run = this.runOn();
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.run;
  }

  private async runOn(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.work();
      }
    } finally {
      // At once, not in a later microtask: a wake in between would be lost.
      this.isRunning = false;
    }
  }
}
