import { Injectable } from '@nestjs/common';
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { Clock } from '../common/clock.js';
import { BankQuiet } from './bank-quiet.js';
import { CbrError } from './cbr.errors.js';
import { CircuitPause } from './circuit-pause.js';

/** `half_open`: the next question on schedule, or one under way, decides. */
export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export type CircuitStateName = (typeof CIRCUIT_STATES)[number];

/** So many questions in a row, each with all its tries, have to fail. */
const FAILURES_THAT_OPEN = 3;

/**
 * Leaves the bank alone when it fails again and again: answers that are merely bad do not count, for
 * then it is there.
 */
@Injectable()
export class BankCircuit {
  private readonly pause: CircuitPause;
  private readonly breaker: CircuitBreakerPolicy;

  constructor(
    clock: Clock,
    private readonly quiet: BankQuiet,
  ) {
    this.pause = new CircuitPause(clock);
    this.breaker = circuitBreaker(
      handleWhen((failure) => failure instanceof CbrError && failure.isPassing),
      { breaker: new ConsecutiveBreaker(FAILURES_THAT_OPEN), halfOpenAfter: this.pause },
    );
  }

  get state(): CircuitStateName {
    const { state } = this.breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.Open && !this.pause.isOver ? 'open' : 'half_open';
  }

  /** Before it no question is asked on schedule; undefined: the bank may be asked. */
  get retryAt(): Date | undefined {
    const { until } = this.quiet;
    if (this.state !== 'open') return until;
    return until && until > this.pause.until ? until : this.pause.until;
  }

  /**
   * Asks, unless the circuit is open. A forced question passes then as well: its success closes it.
   *
   * @throws CbrError `cbr.circuit_open`, or what `ask` throws
   */
  async run<Answer>(ask: () => Promise<Answer>, isForced: boolean): Promise<Answer> {
    for (;;) {
      try {
        const execute = () => this.breaker.execute(ask);
        return await (isForced ? this.pause.letThrough(execute) : execute());
      } catch (thrown) {
        if (!(thrown instanceof BrokenCircuitError)) throw thrown;
        // A forced one comes here when it had to wait for another's probe, which has failed.
        if (!isForced) throw this.openError();
      }
    }
  }

  private openError(): CbrError {
    const { lastFailure } = this.breaker;
    const cause = lastFailure && 'error' in lastFailure ? lastFailure.error : undefined;
    const reason = cause ? `, the last time with "${cause.message}"` : '';
    const message = `The bank is not asked before ${this.pause.until.toISOString()}: it has failed again and again${reason}`;
    return new CbrError('circuit_open', message, { cause });
  }
}
