type Timer = ReturnType<typeof setTimeout> | undefined;

/** Durations in milliseconds. */
interface Timing {
  quietMs: number;
  mostMs: number;
}

/** Collects events, and passes them on after a quiet period, at the latest after a maximum time. */
export class Batch {
  #events: { code: string }[] = [];
  #timer: Timer;
  #began = 0;
  readonly #hand: (codes: string[]) => void;
  readonly #timing: Timing;

  constructor(hand: (codes: string[]) => void, timing: Timing = { quietMs: 100, mostMs: 1_000 }) {
    this.#hand = hand;
    this.#timing = timing;
  }

  add(event: { code: string }): void {
    if (this.#events.length === 0) this.#began = performance.now();
    this.#events.push(event);
    const { quietMs, mostMs } = this.#timing;
    const leftMs = this.#began + mostMs - performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), Math.min(quietMs, Math.max(0, leftMs)));
  }

  #flush(): void {
    const codes = [...new Set(this.#events.map(({ code }) => code))];
    this.#events = [];
    this.#hand(codes);
  }
}
