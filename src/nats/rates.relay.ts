import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import { doneWithin } from '../common/done-within.js';
import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { CoalescedTask } from '../common/coalesced-task.js';
import { asDatabaseError } from '../database/database.errors.js';
import { EventBus } from '../events/event-bus.js';
import { EventLog } from '../events/event-log.js';
import { BrokerConnection } from './broker-connection.js';
import { RelayCursor } from './relay-cursor.js';
import { RelayPublisher } from './relay-publisher.js';
import { lackOfStream } from './stream-lack.js';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/** Grace period of a batch in flight at shutdown, in milliseconds. */
const STOP_GRACE_MS = 1_000;

/**
 * Sends the event log to the broker in order, from the stream's position: at least once, with the same id on every
 * repeat. The bus only wakes it; it reads the log, so no committed event is skipped. See docs/adr/0003-event-log-and-relay.md.
 */
@Injectable()
export class RatesRelay implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(RatesRelay.name);
  private readonly work = new CoalescedTask(() => this.tryToSend());
  /** Last `seq` of the stream; undefined: to be read again after every connect. */
  private position: { sent: number } | undefined;
  private failures = 0;
  private lastFailure: string | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isStopping = false;
  private leaveBus = (): void => undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly broker: BrokerConnection,
    private readonly publisher: RelayPublisher,
    private readonly log: EventLog,
    private readonly cursor: RelayCursor,
  ) {}

  onModuleInit(): void {
    if (this.broker.state === 'disabled') return;
    this.leaveBus = this.bus.subscribe(
      RatesRelay.name,
      () => this.work.wake(),
      () => this.lookAgain(),
    );
    this.broker.onConnected(() => this.beginAnew());
    this.cursor.lease.onGained(() => this.beginAnew());
    this.broker.onDisconnected(() => void this.cursor.lease.release());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.leaveBus();
    clearTimeout(this.retry);
    await doneWithin(STOP_GRACE_MS, this.work.idle());
    await this.cursor.lease.release();
  }

  /** Only a connected instance campaigns for the lease. */
  private beginAnew(): void {
    if (this.isStopping) return;
    this.cursor.lease.campaign();
    this.lookAgain();
  }

  /** The stream's end or the `log_id` may have changed. */
  private lookAgain(): void {
    this.position = undefined;
    this.work.wake();
  }

  private async tryToSend(): Promise<void> {
    if (!this.broker.open || !this.cursor.lease.isHeld || this.isStopping) return;
    try {
      await this.send();
      this.failures = 0;
      this.lastFailure = undefined;
    } catch (thrown) {
      this.position = undefined;
      this.tryAgainLater(asDatabaseError(thrown));
    }
  }

  private async send(): Promise<void> {
    const position = await this.findPosition();
    if (!this.isCurrent(position)) return;
    let reading = this.log.after(position.sent, this.publisher.batchSize);
    while (this.isCurrent(position)) {
      const batch = await reading;
      const last = batch.at(-1);
      if (!last) return;
      // Reads the next batch while the broker works; a failure surfaces when it is awaited.
      reading = this.log.after(last.seq, this.publisher.batchSize);
      reading.catch(() => undefined);
      await this.publisher.publish(batch);
      await this.cursor.moveTo(last.seq);
      position.sent = last.seq;
      this.publisher.mirror(batch);
    }
  }

  /** After a crash between acknowledgement and cursor update, the stream is ahead of the cursor. */
  private async findPosition(): Promise<{ sent: number }> {
    if (this.position) return this.position;
    // Kept from the start, so that it is forgotten when the stream must be looked at again meanwhile.
    const position = (this.position = { sent: 0 });
    const cursor = await this.cursor.relayedSeq();
    const sent = await this.publisher.takeOver(cursor);
    if (sent !== cursor) await this.cursor.moveTo(sent);
    const { isStreamNew } = this.publisher;
    const lack = lackOfStream(sent, await this.log.oldestSeq(), isStreamNew);
    if (lack !== undefined) this.logger.error(lack);
    position.sent = sent;
    return position;
  }

  /** A connection made meanwhile wants the stream to be looked at anew, and has woken us for it. */
  private isCurrent(position: object): boolean {
    return !this.isStopping && this.cursor.lease.isHeld && this.position === position;
  }

  private tryAgainLater(thrown: unknown): void {
    const failure = messageOf(thrown);
    if (failure !== this.lastFailure) {
      // The log and the cursor are in the database, which may fail behind a broker that has taken everything.
      const isOfDatabase = thrown instanceof KursError && thrown.code.startsWith('database.');
      const what = isOfDatabase
        ? 'The relay pauses'
        : 'Events wait, for the broker did not take them';
      this.logger.warn(`${what}: ${failure}`);
    }
    this.lastFailure = failure;
    const pause = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS);
    this.failures += 1;
    clearTimeout(this.retry);
    if (!this.isStopping) this.retry = setTimeout(() => this.work.wake(), pause);
  }
}
