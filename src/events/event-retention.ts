import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { LessThanOrEqual } from 'typeorm';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLogEntity } from './event-log.entity.js';
import { EventLog } from './event-log.js';
import { TrustedClock } from './trusted-clock.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Events pruned in one unit of work, so that other writers are not blocked. */
const DELETED_AT_ONCE = 1_000;

/**
 * Prunes events older than EVENTS_KEEP_DAYS, once an hour: never one that the broker has not
 * acknowledged, and never the last one, from which `seq` goes on. "Older" is what the trusted clock says,
 * and the log itself: an event is pruned only with all before it, and only before the first of the days to keep.
 */
@Injectable()
export class EventRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EventRetention.name);
  private current: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: TrustedClock,
  ) {}

  onApplicationBootstrap(): void {
    this.pruneInBackground();
  }

  @Interval('event-retention', HOUR_MS)
  pruneInBackground(): void {
    this.current = this.tryToPrune();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.current;
    // Not awaited: a failure costs the clock one hour.
    void this.clock.save().catch(() => undefined);
  }

  /** Returns the number of pruned events; stops early at shutdown. */
  async prune(): Promise<number> {
    const oldest = await this.log.oldestSeq();
    const last = await this.lastToPrune();
    let from = oldest;
    while (from <= last && !this.isStopping) {
      const upTo = Math.min(from + DELETED_AT_ONCE - 1, last);
      const old = { seq: LessThanOrEqual(upTo) };
      await this.unitOfWork.runWithoutVersionBump((unit) => unit.delete(EventLogEntity, old));
      from = upTo + 1;
    }
    return from - oldest;
  }

  private async lastToPrune(): Promise<number> {
    const { NATS_URL, EVENTS_KEEP_DAYS } = this.settings;
    const now = await this.clock.now();
    const since = new Date(now.getTime() - EVENTS_KEEP_DAYS * DAY_MS);
    const old = (await this.log.lastBefore(since)) ?? 0;
    // An event dated in the future does not keep those before it: the clock was ahead when it was recorded.
    const kept = (await this.log.firstWithin(since, await this.clock.latestInstant())) ?? Infinity;
    const newest = await this.log.newestSeq();
    const { relayed_seq } = await this.reader.store();
    const hasBroker = NATS_URL !== '' || relayed_seq > 0;
    return Math.min(old, kept - 1, newest - 1, hasBroker ? relayed_seq : Infinity);
  }

  private async tryToPrune(): Promise<void> {
    try {
      const count = await this.prune();
      if (count > 0) this.logger.log(`Pruned ${count} events older than EVENTS_KEEP_DAYS`);
      await this.clock.save();
    } catch (thrown) {
      this.logger.warn(`Old events stay for another hour: ${messageOf(thrown)}`);
    }
  }
}
