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

/** How often the log is looked at for commits of other processes, in milliseconds. */
const POLL_MS = 500;

/** Brings a model of the data to a state of the database that was seen, or a later one; returns the last event that it knows. */
type CatchUp = (seen: SeenState) => Promise<number>;

/** The state of the database, as it was seen. */
export interface SeenState {
  logId: string;
  dataVersion: number;
  /** Of that version; as in ChangeEntity. */
  mark: string | null;
}

/**
 * Follows the event log from where it ended when the service started, and hands what is new to the
 * bus, in order. It always reads the log, whoever woke it: the database is the truth.
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
  private forgetCommits = (): void => undefined;
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
    this.forgetCommits = this.unitOfWork.onCommit(() => this.reading.wake());
  }

  /** Delivers what was committed so far, then stops. */
  async beforeApplicationShutdown(): Promise<void> {
    // The poll and the hints of other instances end a little later, and must not read a closed database.
    this.isStopped = true;
    this.forgetCommits();
    await this.unitOfWork.settled();
    await this.caughtUp();
  }

  /** Has `catchUp` run before the events of a commit are handed on: who is told of them finds them. */
  precededBy(catchUp: CatchUp): void {
    this.preceding.push(catchUp);
  }

  /** The last event that was handed to the bus, and the log it is of. */
  get position(): { logId: string; seq: number } {
    return { logId: this.logId, seq: this.seq };
  }

  /** Resolves when everything that is committed by now was handed to the bus. */
  async caughtUp(): Promise<void> {
    this.reading.wake();
    await this.reading.idle();
  }

  /** Looks at the log now: for the poll, and when another process reports a commit. */
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
      // The others are handed on once the model of the data knows them.
      if (!last && found.length > 0) return;
      if (!last) break;
      this.seq = last.seq;
      this.bus.publish(batch);
      // SQLite answers without ever leaving the process: others want the event loop as well.
      await nextTurn();
    }
    this.dataVersion = version;
  }

  /** Once per kind of failure: the poll tries again twice a second. */
  private report(thrown: unknown): void {
    const failure = messageOf(thrown);
    if (failure === this.failure) return;
    this.failure = failure;
    this.logger.error(`The event log cannot be read, trying on: ${failure}`);
  }
}
