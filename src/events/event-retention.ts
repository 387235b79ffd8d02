import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock.js';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLogEntity } from './event-log.entity.js';
import { EventLog } from './event-log.js';

const DAY_MS = 86_400_000;
/** So many at once, so that other writers get their turn in between. */
const DELETED_AT_ONCE = 1_000;

/**
 * Forgets events older than EVENTS_KEEP_DAYS, once a day: never one that the broker has not
 * acknowledged, and never the last one, from which `seq` goes on.
 */
@Injectable()
export class EventRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EventRetention.name);
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const runOnce = () => {
      this.current = this.pruneInBackground();
    };
    this.timer = setInterval(runOnce, DAY_MS);
    runOnce();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.current;
  }

  /** Returns how many events were forgotten; what is left when the service stops is for the next start. */
  async prune(): Promise<number> {
    const oldest = await this.log.oldestSeq();
    const last = await this.lastToForget();
    let from = oldest;
    while (from <= last && !this.isStopping) {
      const upTo = Math.min(from + DELETED_AT_ONCE - 1, last);
      const old = { seq: LessThanOrEqual(upTo) };
      await this.unitOfWork.keepBooks((unit) => unit.delete(EventLogEntity, old));
      from = upTo + 1;
    }
    return from - oldest;
  }

  private async lastToForget(): Promise<number> {
    const { NATS_URL, EVENTS_KEEP_DAYS } = this.settings;
    const since = new Date(this.clock.now().getTime() - EVENTS_KEEP_DAYS * DAY_MS);
    const kept = (await this.log.firstSince(since)) ?? (await this.log.newestSeq());
    const { relayed_seq } = await this.reader.store();
    const hasBroker = NATS_URL !== '' || relayed_seq > 0;
    return Math.min(kept - 1, hasBroker ? relayed_seq : Infinity);
  }

  private async pruneInBackground(): Promise<void> {
    try {
      const count = await this.prune();
      if (count > 0) this.logger.log(`Forgot ${count} events of more than the days to keep`);
    } catch (thrown) {
      this.logger.warn(`Old events stay for another day: ${messageOf(thrown)}`);
    }
  }
}
