/**
 * How long to wait before the next try: anything up to a ceiling that doubles with every failure (full
 * jitter), so that clients who lost their connections together do not come back together.
 */
export class BackOff {
  #failures = 0;
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;

  constructor(
    { firstMs, mostMs }: { firstMs: number; mostMs: number },
    random: () => number = Math.random,
  ) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  nextMs(): number {
    const ceilingMs = Math.min(this.#mostMs, this.#firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return Math.round(this.#random() * ceilingMs);
  }

  /** A connection was of use. */
  reset(): void {
    this.#failures = 0;
  }
}
