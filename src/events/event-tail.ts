import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { messageOf } from '../common/message-of.js';
import { CoalescedTask } from '../common/coalesced-task.js';
import { PAGE_ROWS, Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventBus } from './event-bus.js';
import { EventLog } from './event-log.js';

/** Poll interval for commits of other processes, in milliseconds. */
const POLL_MS = 500;

/** Advances an in-memory model to the seen state of the database or a later one; returns its last event. */
type CatchUp = (seen: SeenState) => Promise<number>;

/** State of the database at the last poll. */
export interface SeenState {
  logId: string;
  dataVersion: number;
  /** Of that version; as in ChangeEntity. */
  mark: string | null;
}

/**
 * Follows the event log from its end at the start of the service, and passes new events to the bus in order. It
 * always reads them from the database, however it was woken.
 */
@Injectable()
export class EventTail implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventTail.name);
  private seq = 0;
  private logId = '';
  private dataVersion = 0;
  private failure: string | undefined;
  private readonly reading = new CoalescedTask(() => this.readOn());
  private isStopped = false;
  private unsubscribe = (): void => undefined;
  private readonly preceding: CatchUp[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly bus: EventBus,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async onModuleInit(): Promise<void> {
    const { log_id, data_version } = await this.reader.store();
    this.logId = log_id;
    this.dataVersion = data_version;
    this.seq = await this.log.newestSeq();
    this.unsubscribe = this.unitOfWork.onCommit(() => this.reading.wake());
  }

  /** Delivers everything committed so far, then stops. */
  async beforeApplicationShutdown(): Promise<void> {
    // The poll and the hints of other instances end a little later, and must not read a closed database.
    this.isStopped = true;
    this.unsubscribe();
    await this.unitOfWork.settled();
    await this.caughtUp();
  }

  /** Registers `catchUp`, which runs before events are passed on, so that subscribers find the data they announce. */
  precededBy(catchUp: CatchUp): void {
    this.preceding.push(catchUp);
  }

  /** The last event passed to the bus, and its log. */
  get position(): { logId: string; seq: number } {
    return { logId: this.logId, seq: this.seq };
  }

  /** Resolves when all events committed so far were passed to the bus. */
  async caughtUp(): Promise<void> {
    this.reading.wake();
    await this.reading.idle();
  }

  /** Checks the log now: called by the poll and by hints of other processes. */
  @Interval('event-tail', POLL_MS)
  wake(): void {
    if (!this.isStopped) this.reading.wake();
  }

  private async readOn(): Promise<void> {
    try {
      await this.deliverNews();
      this.failure = undefined;
    } catch (thrown) {
      this.report(thrown);
    }
  }

  private async deliverNews(): Promise<void> {
    const { data_version: version, log_id, mark } = await this.reader.store();
    const seen = { logId: log_id, dataVersion: version, mark };
    let known = Infinity;
    for (const catchUp of this.preceding) known = Math.min(known, await catchUp(seen));
    if (log_id !== this.logId) {
      this.logId = log_id;
      this.bus.renameLog(log_id);
    }
    if (version === this.dataVersion) return;
    for (;;) {
      const found = await this.log.after(this.seq, PAGE_ROWS);
      const batch = found.filter(({ seq }) => seq <= known);
      const last = batch.at(-1);
      // Later events are passed on once the model has them.
      if (!last && found.length > 0) return;
      if (!last) break;
      this.seq = last.seq;
      this.bus.publish(batch);
      // better-sqlite3 is synchronous: yields to the event loop.
      await nextTurn();
    }
    this.dataVersion = version;
  }

  /** Logs each kind of failure once, as the poll retries twice a second. */
  private report(thrown: unknown): void {
    const failure = messageOf(thrown);
    if (failure === this.failure) return;
    this.failure = failure;
    this.logger.error(`The event log cannot be read, trying on: ${failure}`);
  }
}
