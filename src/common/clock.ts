/** The one source of "now"; tests inject a clock that stands where they set it. */
export abstract class Clock {
  abstract now(): Date;

  /** Milliseconds since some fixed moment of this process, which go on evenly whatever happens to `now`. */
  elapsedMs(): number {
    return performance.now();
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
