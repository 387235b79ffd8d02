import { Clock } from '../../src/common/clock.js';

/** A clock that stands where a test sets it. */
export class TestClock extends Clock {
  private instant: Date;
  private passedMs = 0;

  /** ISO 8601 with its zone. */
  constructor(text: string) {
    super();
    this.instant = new Date(text);
  }

  /** Time passes until then. */
  set(text: string): void {
    const before = this.instant.getTime();
    this.jump(text);
    this.passedMs += Math.max(0, this.instant.getTime() - before);
  }

  /** Somebody sets the clock of the machine: no time passes. */
  jump(text: string): void {
    this.instant = new Date(text);
  }

  override now(): Date {
    return new Date(this.instant);
  }

  override elapsedMs(): number {
    return this.passedMs;
  }
}
