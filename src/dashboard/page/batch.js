/** Collects events, and passes them on after a quiet period, at the latest after a maximum time. */
export class Batch {
  #events = [];
  #timer;
  #began;
  #hand;
  #timing;

  /** Durations in milliseconds. */
  constructor(hand, timing = { quietMs: 100, mostMs: 1_000 }) {
    this.#hand = hand;
    this.#timing = timing;
  }

  add(event) {
    if (this.#events.length === 0) this.#began = performance.now();
    this.#events.push(event);
    const { quietMs, mostMs } = this.#timing;
    const leftMs = this.#began + mostMs - performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), Math.min(quietMs, Math.max(0, leftMs)));
  }

  #flush() {
    const codes = [...new Set(this.#events.map(({ code }) => code))];
    this.#events = [];
    this.#hand(codes);
  }
}
