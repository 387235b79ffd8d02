/**
 * Coalesces concurrent reads. Every caller gets the result of a read that started after its call, shared with all
 * callers in between: ten thousand calls cause two reads, and no result is older than its call.
 */
export class SharedRead<T> {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  fresh(): Promise<T> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  private async afterRunning(): Promise<T> {
    // A failure is passed to the callers of that read only.
    await this.running.catch(() => undefined);
    this.next = undefined;
    const answer = this.read();
    this.running = answer;
    return answer;
  }
}
