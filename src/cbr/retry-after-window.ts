import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { CbrError } from './cbr.errors.js';
import { retryAfterMs } from './retry-after.js';

/** Waits up to this many milliseconds happen inside the request. */
const PATIENCE_MS = 5_000;
/** Upper bound: an impostor must not be able to silence Kurs for ever. */
const LONGEST_QUIET_MS = 60 * 60_000;

/** The window in which the bank asked not to be retried, by `Retry-After`. */
@Injectable()
export class RetryAfterWindow {
  private endsAt = 0;

  constructor(private readonly clock: Clock) {}

  /** End of the window; undefined outside one. */
  get until(): Date | undefined {
    return this.leftMs > 0 ? new Date(this.endsAt) : undefined;
  }

  /** Milliseconds until its end; 0 outside one. */
  get leftMs(): number {
    const left = this.endsAt - this.clock.now().getTime();
    // Longer than the longest window: the clock was set back.
    return left > LONGEST_QUIET_MS ? 0 : Math.max(0, left);
  }

  /** Opens a window if a failed answer (status 429 or 503) has `Retry-After`. */
  heed({ answer }: CbrError): void {
    if (answer?.retryAfter === undefined || ![429, 503].includes(answer.status)) return;
    const now = this.clock.now();
    const wait = retryAfterMs(answer.retryAfter, now);
    if (wait !== undefined) this.endsAt = now.getTime() + Math.min(wait, LONGEST_QUIET_MS);
  }

  /** @throws CbrError `cbr.retry_later` if the window is longer than a request may wait */
  rejectWhileLong(cause?: CbrError): void {
    if (this.leftMs <= PATIENCE_MS) return;
    const message = `The bank asked not to be retried before ${this.until?.toISOString()}`;
    throw new CbrError('retry_later', message, cause && { cause });
  }
}
