/**
 * Runs `work` when woken, never twice at once: waking it during a run causes one run more, so what
 * happened before the wake is always seen. `work` deals with its own failures.
 */
export class Wakeable {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly work: () => Promise<void>) {}

  wake(): void {
    this.again = true;
    this.running ??= this.run();
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.work();
      }
    } finally {
      // At once, not in a later microtask: a wake in between would be lost.
      this.running = undefined;
    }
  }
}
