/** The only source of the current time; tests inject a fixed clock. */
export abstract class Clock {
  abstract now(): Date;

  /** Monotonic clock in milliseconds, unaffected by changes of the system clock. */
  elapsedMs(): number {
    return performance.now();
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
