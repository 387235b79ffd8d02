import { Injectable } from '@nestjs/common';
import {
  JetStreamApiCodes,
  type JetStreamManager,
  jetstreamManager,
  type MsgRequest,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { errors, millis, nanos, type NatsConnection } from '@nats-io/transport-node';
import { Settings } from '../config/settings.js';
import { UnfitStreamError } from './nats.errors.js';
import { inspectStream, isApiError } from './stream-inspection.js';
import { type StreamSubjects, streamSubjects, subjectsOf } from './stream-subjects.js';

/** Position of the stream. */
export interface StreamPosition {
  /** Sequence of its first message; of the next one if it is empty. */
  firstSequence: number;
  /** Sequence of its last message; null: the server has no JetStream. */
  lastSequence: number | null;
  /** Event in its last message; null if there is none, or if it is not from Kurs. */
  lastEvent: StreamedEvent | null;
}

/** Headers of a message of the stream. */
export interface StreamedEvent {
  seq: number;
  eventId: string;
  /** Its log's `log_id`. */
  logId: string;
}

/** Beginning of the stream; a missing stream counts as empty. */
export interface StreamBeginning {
  messages: number;
  /** The first event; null when there is none, or when it is not of Kurs. */
  first: StreamedEvent | null;
  /** Whether no message was ever removed from its beginning. */
  isUncut: boolean;
  /** Whether its configuration limits age or number of messages. */
  isBounded: boolean;
}

/** What the stream holds of events. */
export interface StreamExtent extends StreamBeginning {
  /** Null when there is none, or when it is not of Kurs. */
  last: StreamedEvent | null;
}

/** CloudEvents' `source` is a URI: this, and the log's name. */
export const SOURCE_PREFIX = 'urn:kurs:';
const DUPLICATE_WINDOW_MS = 10 * 60 * 1_000;
/** JetStream is not enabled for this account or server. */
const JETSTREAM_NOT_ENABLED = [10039, 10076];
/** Timeout of status requests about the stream, in milliseconds. */
const LOOK_MS = 1_000;
const NO_STREAM: StreamBeginning = { messages: 0, first: null, isUncut: true, isBounded: false };

/** The JetStream stream of events: created if missing, extended, never overwritten. */
@Injectable()
export class RatesStream {
  private readonly name: string;
  private readonly own: StreamSubjects;
  private readonly replicas: number;
  /** Known by the instance that relays. */
  private isMissing = false;

  constructor(settings: Settings) {
    this.name = settings.NATS_STREAM;
    this.replicas = settings.NATS_REPLICAS;
    this.own = streamSubjects(settings);
  }

  private get subjects(): string {
    return this.own.events;
  }

  /** The subject of one event. */
  subjectOf({ event, code }: { event: string; code: string }): string {
    return `${this.subjects.slice(0, -1)}${event}.${code}`;
  }

  /**
   * Whether events are kept behind this connection: what the broker said when the stream was last
   * looked at, else what it says of itself; an account may go without what its server has.
   */
  isKeptBy({ info }: NatsConnection): boolean {
    return info?.jetstream === true && !this.isMissing;
  }

  /** Makes sure of the stream, and reads where it stands. */
  async position(connection: NatsConnection): Promise<StreamPosition> {
    try {
      const manager = await jetstreamManager(connection);
      await this.ensure(manager);
      const { state } = await manager.streams.info(this.name);
      const { subjects } = this;
      const last = state.messages > 0 ? { last_by_subj: subjects } : undefined;
      this.isMissing = false;
      const lastEvent = last ? await this.event(manager, last) : null;
      return { firstSequence: state.first_seq, lastSequence: state.last_seq, lastEvent };
    } catch (thrown) {
      if (!isWithoutJetStream(thrown, connection)) throw thrown;
      this.isMissing = true;
      return { firstSequence: 0, lastSequence: null, lastEvent: null };
    }
  }

  /** The ends of the stream, for those who want to know whether it is whole. */
  async extent(connection: NatsConnection): Promise<StreamExtent> {
    const manager = await jetstreamManager(connection);
    const beginning = await this.beginningOf(manager);
    const last = await this.event(manager, { last_by_subj: this.subjects });
    return { ...beginning, last };
  }

  /** Where the stream begins; makes none, and does not wait long. */
  async beginning(connection: NatsConnection): Promise<StreamBeginning> {
    const options = { checkAPI: false, timeout: LOOK_MS };
    try {
      return await this.beginningOf(await jetstreamManager(connection, options));
    } catch (thrown) {
      if (isApiError(thrown, JetStreamApiCodes.StreamNotFound)) return NO_STREAM;
      throw thrown;
    }
  }

  /** How long the stream knows the ids of what it had, in seconds. */
  async duplicateWindowSeconds(connection: NatsConnection): Promise<number> {
    const { streams } = await jetstreamManager(connection);
    const { config } = await streams.info(this.name);
    return millis(config.duplicate_window) / 1_000;
  }

  /** Removes every message; its sequence goes on. */
  async purge(connection: NatsConnection): Promise<void> {
    await (await jetstreamManager(connection)).streams.purge(this.name);
  }

  private async beginningOf(manager: JetStreamManager): Promise<StreamBeginning> {
    const { config, state } = await manager.streams.info(this.name);
    const { messages, first_seq } = state;
    const query = { seq: first_seq, next_by_subj: this.subjects };
    const first = messages > 0 ? await this.event(manager, query) : null;
    return { messages, first, isUncut: first_seq <= 1, isBounded: isBounded(config) };
  }

  private async ensure(manager: JetStreamManager): Promise<void> {
    const { streams } = manager;
    const stream = await inspectStream(manager, this.name, this.own);
    if (!stream) {
      await streams.add({
        name: this.name,
        subjects: [this.subjects],
        storage: StorageType.File,
        num_replicas: this.replicas,
        duplicate_window: nanos(DUPLICATE_WINDOW_MS),
      });
      return;
    }
    const { config, unfit, lacking } = stream;
    if (unfit !== undefined) throw new UnfitStreamError(this.name, unfit);
    if (lacking.length === 0) return;
    const subjects = [...subjectsOf(config), ...lacking];
    await streams.update(this.name, { ...config, subjects });
  }

  private async event(
    { streams }: JetStreamManager,
    query: MsgRequest,
  ): Promise<StreamedEvent | null> {
    const message = await streams.getMessage(this.name, query);
    const header = (name: string) => message?.header.get(name) ?? '';
    const seq = header('Kurs-Seq');
    if (!/^\d{1,15}$/.test(seq)) return null;
    const logId = header('ce-source').slice(SOURCE_PREFIX.length);
    return { seq: Number.parseInt(seq, 10), eventId: header('Nats-Msg-Id'), logId };
  }
}

function isBounded(config: StreamConfig): boolean {
  const { retention, max_age, max_msgs, max_bytes, max_msgs_per_subject } = config;
  const bounds = [max_age, max_msgs, max_bytes, max_msgs_per_subject];
  return retention !== RetentionPolicy.Limits || bounds.some((bound) => bound > 0);
}

/**
 * Without JetStream a request to its API normally has no responder. A subscriber to `>`, such as a monitor, counts as
 * a responder, so the request times out; then `info.jetstream` of the server decides.
 */
function isWithoutJetStream(thrown: unknown, { info }: NatsConnection): boolean {
  // The library names this error, but does not export its class.
  if (thrown instanceof Error && thrown.name === 'JetStreamNotEnabled') return true;
  if (thrown instanceof errors.TimeoutError) return info?.jetstream !== true;
  return isApiError(thrown, ...JETSTREAM_NOT_ENABLED);
}
