import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { CbrError } from './cbr.errors.js';
import { retryAfterMs } from './retry-after.js';

/** A wait up to this is waited within the question, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Whoever answers in the bank's place could silence Kurs for ever. */
const LONGEST_QUIET_MS = 60 * 60_000;

/** The time in which the bank wants no question, by the `Retry-After` of its answers. */
@Injectable()
export class BankQuiet {
  private endsAt = 0;

  constructor(private readonly clock: Clock) {}

  /** When it ends; undefined when the bank may be asked. */
  get until(): Date | undefined {
    return this.leftMs > 0 ? new Date(this.endsAt) : undefined;
  }

  /** What is left of it, in milliseconds. */
  get leftMs(): number {
    const left = this.endsAt - this.clock.now().getTime();
    // More than it can be: the clock was set back.
    return left > LONGEST_QUIET_MS ? 0 : Math.max(0, left);
  }

  /** Takes note of what the bank asks for in an answer that failed: status 429 or 503. */
  heed({ answer }: CbrError): void {
    if (answer?.retryAfter === undefined || ![429, 503].includes(answer.status)) return;
    const now = this.clock.now();
    const wait = retryAfterMs(answer.retryAfter, now);
    if (wait !== undefined) this.endsAt = now.getTime() + Math.min(wait, LONGEST_QUIET_MS);
  }

  /** @throws CbrError `cbr.retry_later` when it lasts longer than a question may wait */
  refuseWhileLong(cause?: CbrError): void {
    if (this.leftMs <= PATIENCE_MS) return;
    const message = `The bank wants no question before ${this.until?.toISOString()}`;
    throw new CbrError('retry_later', message, cause && { cause });
  }
}
