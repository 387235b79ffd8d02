import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrError } from './cbr.errors.js';

/** `half_open`: the next scheduled question, or a question in flight, decides. */
export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export type CircuitStateName = (typeof CIRCUIT_STATES)[number];

/** Failed questions in a row, each with all its retries, that open the circuit. */
const FAILURES_THAT_OPEN = 3;
const FIRST_PAUSE_MS = 30_000;
/** Late rates are money: the bank's return is noticed within this, however long the outage. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Circuit breaker in front of the bank. Only an unreachable or failing bank counts as a failure; a bad
 * answer proves that the bank is there. While the circuit is open, scheduled questions fail at once.
 * After a pause, which doubles with every failed probe, one question probes the bank.
 */
@Injectable()
export class BankCircuit {
  private failures = 0;
  private lastFailure: CbrError | undefined;
  /** 0: the circuit is closed. */
  private pauseMs = 0;
  private pauseEndsAt = 0;
  /** Settles, never rejects, when the question that probes the bank ends. */
  private probe: Promise<void> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly quiet: RetryAfterWindow,
  ) {}

  get state(): CircuitStateName {
    if (this.pauseMs === 0) return 'closed';
    return this.probe || this.isPauseOver() ? 'half_open' : 'open';
  }

  /** No scheduled question is asked before; undefined: the bank may be asked. */
  get retryAt(): Date | undefined {
    const { until } = this.quiet;
    if (this.state !== 'open') return until;
    return new Date(Math.max(this.pauseEndsAt, until?.getTime() ?? 0));
  }

  /**
   * Asks unless the circuit is open. A forced question is asked even then; its success closes the circuit.
   *
   * @throws CbrError `cbr.circuit_open`, or what `ask` throws
   */
  async run<Answer>(ask: () => Promise<Answer>, isForced: boolean): Promise<Answer> {
    while (this.probe) await this.probe;
    if (this.pauseMs === 0) return this.count(ask);
    if (!this.isPauseOver() && !isForced) throw this.openError();
    const answer = this.probeWith(ask);
    const ended = () => (this.probe = undefined);
    this.probe = answer.then(ended, ended);
    return answer;
  }

  /** Opens the circuit after too many failures in a row. */
  private async count<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await ask();
      this.failures = 0;
      return answer;
    } catch (thrown) {
      if (isFailure(thrown)) {
        this.lastFailure = thrown;
        this.failures += 1;
        // Questions asked together fail together: the circuit may be open by now.
        const isDue = this.pauseMs === 0 && this.failures >= FAILURES_THAT_OPEN;
        if (isDue) this.openFor(FIRST_PAUSE_MS);
      }
      throw thrown;
    }
  }

  /** Closes the circuit, or begins the next pause; a question that was stopped proves nothing. */
  private async probeWith<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const isEarly = !this.isPauseOver();
    try {
      const answer = await ask();
      this.close();
      return answer;
    } catch (thrown) {
      if (isFailure(thrown)) {
        this.lastFailure = thrown;
        if (!isEarly) this.openFor(Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS));
        // A forced question prolongs no pause; one that ended meanwhile begins anew.
        else if (this.isPauseOver()) this.openFor(this.pauseMs);
      } else if (thrown instanceof CbrError && thrown.isBadAnswer) this.close();
      throw thrown;
    }
  }

  private openFor(pauseMs: number): void {
    this.pauseMs = pauseMs;
    this.pauseEndsAt = this.clock.now().getTime() + pauseMs;
  }

  private close(): void {
    this.failures = 0;
    this.pauseMs = 0;
  }

  /** A pause that has longer to go than any pause lasts is over: the clock was set back. */
  private isPauseOver(): boolean {
    const leftMs = this.pauseEndsAt - this.clock.now().getTime();
    return leftMs <= 0 || leftMs > LONGEST_PAUSE_MS;
  }

  private openError(): CbrError {
    const until = new Date(this.pauseEndsAt).toISOString();
    const reason = this.lastFailure ? `, most recently with "${this.lastFailure.message}"` : '';
    const message = `The bank is not asked before ${until}: it failed repeatedly${reason}`;
    return new CbrError('circuit_open', message, { cause: this.lastFailure });
  }
}

function isFailure(thrown: unknown): thrown is CbrError {
  return thrown instanceof CbrError && thrown.isPassing;
}
