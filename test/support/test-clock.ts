import { Clock } from '../../src/common/clock.js';

/** A clock that stands where a test sets it. */
export class TestClock extends Clock {
  private instant: Date;

  /** ISO 8601 with its zone. */
  constructor(text: string) {
    super();
    this.instant = new Date(text);
  }

  set(text: string): void {
    this.instant = new Date(text);
  }

  override now(): Date {
    return new Date(this.instant);
  }
}
