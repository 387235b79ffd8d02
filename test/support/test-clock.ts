import { Clock } from '../../src/common/clock.js';

/** Fixed clock, set by the test. */
export class TestClock extends Clock {
  private instant: Date;
  private passedMs = 0;

  /** ISO 8601 with a time zone. */
  constructor(text: string) {
    super();
    this.instant = new Date(text);
  }

  /** Advances the time. */
  set(text: string): void {
    const before = this.instant.getTime();
    this.jump(text);
    this.passedMs += Math.max(0, this.instant.getTime() - before);
  }

  /** Changes the system clock, without elapsed time. */
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
