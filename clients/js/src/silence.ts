/** Calls when nothing was heard for a time; what was asked for last is all that counts. */
export class Silence {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** From now on, `afterMs` without another call of this or of `stop`. */
  watch(afterMs: number, onSilence: () => void): void {
    this.stop();
    this.#timer = setTimeout(onSilence, afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
