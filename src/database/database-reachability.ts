import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { DatabaseCondition } from './database-condition.js';

/**
 * The database is polled twice a second (EventTail). After this time without success, the memory counts as stale, in
 * milliseconds.
 */
const STALE_AFTER_MS = 2_000;

/** Since when the read model could not be brought up to date with the database. */
@Injectable()
export class DatabaseReachability {
  private seen: { at: Date; elapsedMs: number };

  constructor(
    @Inject(DatabaseCondition) private readonly condition: DatabaseCondition,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.seen = this.present();
  }

  /** Call before a poll; call the returned function once the read model has what the poll found. */
  startPoll(): () => void {
    const looked = this.present();
    return () => {
      if (this.condition.fatal === undefined) this.seen = looked;
    };
  }

  /** Time of the last successful poll if it is more than two seconds ago; otherwise undefined. */
  get lastSeenAt(): Date | undefined {
    return this.unseenMs > STALE_AFTER_MS ? this.seen.at : undefined;
  }

  /** Milliseconds since the last successful poll. */
  get unseenMs(): number {
    return performance.now() - this.seen.elapsedMs;
  }

  private present(): { at: Date; elapsedMs: number } {
    return { at: this.clock.now(), elapsedMs: performance.now() };
  }
}
