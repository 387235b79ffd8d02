import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { DatabaseCondition } from './database-condition.js';

/** It is looked at twice a second (EventTail): after so long it is out of sight, in milliseconds. */
const OUT_OF_SIGHT_MS = 2_000;

/** Since when memory could not be brought to what is stored: it may be older. */
@Injectable()
export class DatabaseSight {
  private seen: { at: Date; elapsedMs: number };

  constructor(
    @Inject(DatabaseCondition) private readonly condition: DatabaseCondition,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.seen = this.present();
  }

  /** To be called when the database is looked at; what it returns, when memory is at what was found. */
  look(): () => void {
    const looked = this.present();
    return () => {
      if (this.condition.fatal === undefined) this.seen = looked;
    };
  }

  /** When it was seen last, once that is two seconds ago; undefined while it is in sight. */
  get lastSeenAt(): Date | undefined {
    return this.unseenMs > OUT_OF_SIGHT_MS ? this.seen.at : undefined;
  }

  /** For how long it has not been seen, in milliseconds. */
  get unseenMs(): number {
    return performance.now() - this.seen.elapsedMs;
  }

  private present(): { at: Date; elapsedMs: number } {
    return { at: this.clock.now(), elapsedMs: performance.now() };
  }
}
