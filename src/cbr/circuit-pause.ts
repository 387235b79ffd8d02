import type { IBackoff, IHalfOpenAfterBackoffContext } from 'cockatiel';
import type { Clock } from '../common/clock.js';

const FIRST_MS = 30_000;
/** Late rates are money: however long the bank has been away, its return is noticed within this. */
const LONGEST_MS = 10 * 60_000;

/**
 * How long the bank is left alone: twice as long after every scheduled probe that fails.
 *
 * cockatiel compares `duration` with the time of the system since the circuit opened. The end of the
 * pause is kept here instead, by the injected clock, and `duration` says yes or no: so a clock that
 * is set back keeps nothing open, and a forced question passes before the end.
 */
export class CircuitPause implements IBackoff<IHalfOpenAfterBackoffContext> {
  private lengthMs = FIRST_MS;
  private endsAt = 0;
  private isLettingThrough = false;
  private isProbeEarly = false;

  constructor(private readonly clock: Clock) {}

  get until(): Date {
    return new Date(this.endsAt);
  }

  get isOver(): boolean {
    const left = this.endsAt - this.clock.now().getTime();
    return left <= 0 || left > LONGEST_MS;
  }

  /** For cockatiel, which asks in order to let a probe through. */
  get duration(): number {
    if (this.isOver) return -Infinity;
    this.isProbeEarly = this.isLettingThrough;
    return this.isLettingThrough ? -Infinity : Infinity;
  }

  /** Whatever `ask` begins passes, in the same tick. */
  letThrough<Answer>(ask: () => Answer): Answer {
    this.isLettingThrough = true;
    try {
      return ask();
    } finally {
      this.isLettingThrough = false;
    }
  }

  /** The circuit opens. Somebody who tries again and again does not make the pause longer. */
  next({ attempt }: IHalfOpenAfterBackoffContext): this {
    const wasEarly = this.isProbeEarly;
    this.isProbeEarly = false;
    if (attempt === 1) this.lengthMs = FIRST_MS;
    else if (!wasEarly) this.lengthMs = Math.min(this.lengthMs * 2, LONGEST_MS);
    if (!wasEarly || this.isOver) this.endsAt = this.clock.now().getTime() + this.lengthMs;
    return this;
  }
}
