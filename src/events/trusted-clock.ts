import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '../common/clock.js';
import type { ReadRepository } from '../database/read-repository.js';
import { STORE_ROW, StoreEntity } from '../database/store.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from './event-log.js';

/** How much faster than a monotonic clock the mark may go: it catches up with days on which no service ran. */
const CATCH_UP_RATE = 2;
const ROW = { id: STORE_ROW };

/** An instant that has been reached for certain, and what the monotonic clock showed when that was known. */
export interface Mark {
  instantMs: number;
  elapsedMs: number;
}

/** How far a mark has come when the clocks show `present`; it never goes back. */
export function advanced(mark: Mark, present: Mark): Mark {
  const passedMs = present.elapsedMs - mark.elapsedMs;
  const reached = Math.min(present.instantMs, mark.instantMs + CATCH_UP_RATE * passedMs);
  return { instantMs: Math.max(mark.instantMs, reached), elapsedMs: present.elapsedMs };
}

/**
 * The clock for what deletes old rows. A machine's clock may be years ahead for one start, and everything would
 * be old. This one goes on from a mark in the database, at most at twice the pace of the time that services have
 * really run: a clock that is ahead for an hour is believed for one hour, however far ahead it is and whatever
 * was recorded by it. After a pause of the service the mark is behind, and rows are kept longer meanwhile.
 *
 * A database without a mark is as old as its newest event; where there is none, nothing can be lost, and the
 * clock is believed.
 */
@Injectable()
export class TrustedClock {
  private mark: Mark | undefined;

  constructor(
    private readonly clock: Clock,
    @InjectRepository(StoreEntity) private readonly store: ReadRepository<StoreEntity>,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
  ) {}

  /** Never later than the machine's clock. */
  async now(): Promise<Date> {
    const { instantMs } = await this.advance();
    return new Date(Math.min(instantMs, this.clock.now().getTime()));
  }

  /** Never earlier than the machine's clock: what is said to be recorded later is of a clock that was ahead. */
  async latestInstant(): Promise<Date> {
    const { instantMs } = await this.advance();
    return new Date(Math.max(instantMs, this.clock.now().getTime()));
  }

  /** Stores how far the mark has come, for the next start and for other instances, and takes theirs if it is later. */
  async save(): Promise<void> {
    const mark = await this.advance();
    await this.unitOfWork.runWithoutVersionBump(async (unit) => {
      const { trusted_at } = await unit.select(StoreEntity, 'store').where(ROW).getOneOrFail();
      mark.instantMs = Math.max(mark.instantMs, trusted_at?.getTime() ?? -Infinity);
      await unit.updateWithoutVersionBump(StoreEntity, ROW, {
        trusted_at: new Date(mark.instantMs),
      });
    });
  }

  private async advance(): Promise<Mark> {
    const instantMs = this.clock.now().getTime();
    const present = { instantMs, elapsedMs: this.clock.elapsedMs() };
    const mark = this.mark ?? { ...present, instantMs: (await this.stored()) ?? instantMs };
    return (this.mark = advanced(mark, present));
  }

  private async stored(): Promise<number | undefined> {
    const { trusted_at } = await this.store.findOneByOrFail(ROW);
    const newest = trusted_at === null ? await this.log.newest() : undefined;
    return (trusted_at ?? newest?.recorded_at)?.getTime();
  }
}
