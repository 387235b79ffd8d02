/**
 * Runs `work` when woken, never concurrently. Waking it during a run schedules one more run, so a run always starts
 * after the last wake. `work` must not reject.
 */
export class CoalescedTask {
  private isRunning = false;
  private run: Promise<void> = Promise.resolve();
  private again = false;

  constructor(private readonly work: () => Promise<void>) {}

  wake(): void {
    this.again = true;
    if (this.isRunning) return;
    // Set before the first step, which may wake it again.
    this.isRunning = true;
    this.run = this.runOn();
  }

  /** Resolves when no run is in progress. */
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
      // Synchronously: a wake before a later microtask would be lost.
      this.isRunning = false;
    }
  }
}
