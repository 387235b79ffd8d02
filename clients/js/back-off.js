/**
 * How long to wait before the next try: anything up to a ceiling that doubles with every failure (full
 * jitter), so that clients who lost their connections together do not come back together.
 */
export class BackOff {
  #failures = 0;
  #firstMs;
  #mostMs;
  #random;

  constructor({ firstMs, mostMs }, random = Math.random) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  nextMs() {
    const ceilingMs = Math.min(this.#mostMs, this.#firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return Math.round(this.#random() * ceilingMs);
  }

  /** A connection was of use. */
  reset() {
    this.#failures = 0;
  }
}
