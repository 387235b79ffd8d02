import { Injectable, Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { messageOf } from '../common/message-of.js';
import { SharedRead } from '../common/shared-read.js';
import { EventLog } from '../events/event-log.js';
import { BrokerConnection } from './broker-connection.js';
import { RatesStream, type StreamBeginning } from './rates-stream.js';
import { RelayCursor } from './relay-cursor.js';
import { lackOf } from './stream-lack.js';

/** Events that were relayed and are in the log, but not in the stream. */
export interface StreamLack {
  events: number;
  /** The `--since` with which `kurs events:republish` sends them again. */
  since: number;
}

/** Compares the stream with the log on demand; nothing is stored. */
@Injectable()
export class StreamCheck {
  private readonly logger = new Logger(StreamCheck.name);
  private readonly comparison = new SharedRead(() => this.compare());
  private failure: string | undefined;

  constructor(
    private readonly broker: BrokerConnection,
    private readonly stream: RatesStream,
    private readonly log: EventLog,
    private readonly cursor: RelayCursor,
  ) {}

  /** Whether the broker stores events; null: unknown without a connection. */
  get isKept(): boolean | null {
    const { open } = this.broker;
    return open ? this.stream.isKeptBy(open) : null;
  }

  /**
   * Null: not known, for lack of a connection, of JetStream, or of an answer in time.
   *
   * @throws what the database throws
   */
  lack(): Promise<StreamLack | null> {
    return this.comparison.fresh();
  }

  private async compare(): Promise<StreamLack | null> {
    const { open } = this.broker;
    if (!open || !this.stream.isKeptBy(open)) return null;
    // Log and cursor are read first, so that events relayed in between do not count as missing.
    const oldest = await this.log.oldestSeq();
    const sent = await this.cursor.relayedSeq();
    const beginning = await this.beginning(open);
    if (!beginning) return null;
    const { first, ...rest } = beginning;
    const isOurs = first && (await this.log.holds(first.seq, first.eventId));
    const firstSeq = isOurs ? first.seq : undefined;
    return { events: lackOf({ ...rest, firstSeq }, { oldest, sent }), since: oldest - 1 };
  }

  /** Logs each kind of failure once, as monitors ask every few seconds. */
  private async beginning(connection: NatsConnection): Promise<StreamBeginning | undefined> {
    try {
      const beginning = await this.stream.beginning(connection);
      this.failure = undefined;
      return beginning;
    } catch (thrown) {
      const failure = messageOf(thrown);
      if (failure !== this.failure) {
        this.logger.warn(`Whether the stream lacks events is not known: ${failure}`);
      }
      this.failure = failure;
      return undefined;
    }
  }
}
