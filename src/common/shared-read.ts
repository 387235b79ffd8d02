/**
 * A read that many may ask for at once. Whoever asks is answered by a read that began after he asked,
 * shared with all who asked meanwhile: ten thousand questions are two reads, and no answer is older
 * than its question.
 */
export class SharedRead<T> {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  ask(): Promise<T> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  private async afterRunning(): Promise<T> {
    // A failure belongs to those who asked for that read.
    await this.running.catch(() => undefined);
    this.next = undefined;
    const answer = this.read();
    this.running = answer;
    return answer;
  }
}
