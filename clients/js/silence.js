/** Calls when nothing was heard for a time; what was asked for last is all that counts. */
export class Silence {
  #timer;

  /** From now on, `afterMs` without another call of this or of `stop`. */
  watch(afterMs, onSilence) {
    this.stop();
    this.#timer = setTimeout(onSilence, afterMs);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
