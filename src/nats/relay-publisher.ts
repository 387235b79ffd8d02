import { Inject, Injectable, Logger } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import type { PubAck } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Settings } from '../config/settings.js';
import { PAGE_ROWS } from '../database/reader.js';
import type { EventBatch } from '../events/event-bus.js';
import type { EventLogEntity } from '../events/event-log.entity.js';
import { EventLog } from '../events/event-log.js';
import { LogIdentity } from '../events/log-identity.js';
import type { StreamMessage } from './jetstream.client-proxy.js';
import { RemovedDuplicateError } from './nats.errors.js';
import { pipelined } from './pipelined.js';
import { RATES_CLIENT } from './rates-client.js';
import { RatesStream, SOURCE_PREFIX } from './rates-stream.js';

/** How many messages wait for their acknowledgement at once. */
const IN_FLIGHT = 256;

/**
 * Publishes batches at the end of the stream, each message with the sequence that it must follow:
 * a publisher that does not know the stream's end is refused, instead of storing a repeat.
 */
@Injectable()
export class RelayPublisher {
  private readonly logger = new Logger(RelayPublisher.name);
  private logId = '';
  private firstSequence = 0;
  /** The stream's last sequence; null on a server without JetStream. */
  private lastSequence: number | null = 0;
  /**
   * Until the stream has taken a first message as new, one at a time: it may know the next ones
   * already, and would answer with duplicates, which move no sequence.
   */
  private isSure = false;

  constructor(
    @Inject(RATES_CLIENT) private readonly client: ClientProxy,
    private readonly stream: RatesStream,
    private readonly log: EventLog,
    private readonly identity: LogIdentity,
    private readonly settings: Settings,
  ) {}

  /** Batch size of `publish`. */
  get batchSize(): number {
    return this.isSure || this.lastSequence === null ? PAGE_ROWS : 1;
  }

  /** Whether the stream, when it was last looked at, had never held anything. */
  get isStreamNew(): boolean {
    return this.lastSequence === 0;
  }

  /**
   * Finds the end of the stream. Returns the `seq` after which to go on: that of the stream's last
   * message, when it came from this log, for it knows best what it has; else `cursor`. A log that the
   * stream is ahead of has been set back, by a restored backup, and gets a new name.
   */
  async takeOver(cursor: number): Promise<number> {
    this.isSure = false;
    const { firstSequence, lastSequence, lastEvent } = await this.stream.position(
      this.client.unwrap<NatsConnection>(),
    );
    this.firstSequence = firstSequence;
    this.lastSequence = lastSequence;
    this.logId = await this.identity.current();
    if (!lastEvent) return cursor;
    if (await this.log.holds(lastEvent.seq, lastEvent.eventId)) return lastEvent.seq;
    if (lastEvent.logId === this.logId && lastEvent.seq >= (await this.log.oldestSeq())) {
      this.logId = await this.identity.renew();
      this.logger.warn(`The database is a restored backup: its log is ${this.logId} from now on`);
    }
    return cursor;
  }

  /**
   * Resolves when the broker has every event of the batch; rejects when it may have any or none of them.
   *
   * @throws RemovedDuplicateError, or what the broker answers
   */
  async publish(events: EventBatch): Promise<void> {
    const acks = await pipelined(events, IN_FLIGHT, (event, index) => {
      const subject = this.stream.subjectOf(event);
      const message = this.messageOf(event, this.placeOf(index, events[index - 1]));
      return this.client.emit<PubAck | null, StreamMessage>(subject, message);
    });
    this.advance(acks.filter((ack) => ack !== null));
  }

  /** Publishes them again for simple subscribers: at most once, without acknowledgement. */
  mirror(batch: EventBatch): void {
    const subject = this.settings.NATS_MIRROR_SUBJECT;
    if (subject === '') return;
    const connection = this.client.unwrap<NatsConnection>();
    for (const { payload } of batch) connection.publish(subject, payload);
  }

  /**
   * What the stream must end with before the event at `index` of a batch. The sequence alone does not hold
   * a batch together: a stranger's message stored at its beginning would have the first of the batch
   * refused, and the second find the very sequence that it expects.
   */
  private placeOf(index: number, before: EventLogEntity | undefined): StreamMessage['expect'] {
    if (this.lastSequence === null) return null;
    const lastSequence = this.lastSequence + index;
    return before ? { lastSequence, lastMsgID: before.event_id } : { lastSequence };
  }

  private advance(acks: PubAck[]): void {
    const removed = acks.find(({ duplicate, seq }) => duplicate && seq < this.firstSequence);
    if (removed) throw new RemovedDuplicateError();
    const newest = acks.filter(({ duplicate }) => !duplicate).at(-1);
    if (!newest) return;
    this.lastSequence = newest.seq;
    this.isSure = true;
  }

  /** Message with the event's `seq` and the headers of CloudEvents 1.0 (binary mode). */
  private messageOf(event: EventLogEntity, expect: StreamMessage['expect']): StreamMessage {
    const headers = {
      'Kurs-Seq': String(event.seq),
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': event.event_id,
      'ce-source': SOURCE_PREFIX + this.logId,
      'ce-type': `kurs.${event.event}`,
      'ce-time': event.recorded_at.toISOString(),
      'ce-subject': event.code,
    };
    const { event_id: id, payload } = event;
    return { id, payload, headers, expect };
  }
}
