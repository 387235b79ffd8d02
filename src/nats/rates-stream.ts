import { Injectable } from '@nestjs/common';
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  StorageType,
} from '@nats-io/jetstream';
import { errors, nanos, type NatsConnection } from '@nats-io/transport-node';
import { Settings } from '../config/settings.js';

/** Where the stream stands. */
export interface StreamPosition {
  /** Sequence of its last message; null: the server has no JetStream. */
  lastSequence: number | null;
  /** The event in its last message; null when there is none, or when it is not of Kurs. */
  lastEvent: { seq: number; eventId: string } | null;
}

const DUPLICATE_WINDOW_MS = 10 * 60 * 1_000;
/** Not for this account, not on this server. */
const JETSTREAM_NOT_ENABLED = [10039, 10076];

/** The JetStream stream that keeps the events: created when it is missing, completed, never overwritten. */
@Injectable()
export class RatesStream {
  private readonly name: string;
  private readonly subjects: string;

  constructor({ NATS_STREAM, NATS_SUBJECT_PREFIX }: Settings) {
    this.name = NATS_STREAM;
    this.subjects = `${NATS_SUBJECT_PREFIX}.events.>`;
  }

  /** The subject of one event. */
  subjectOf({ event, code }: { event: string; code: string }): string {
    return `${this.subjects.slice(0, -1)}${event}.${code}`;
  }

  /** Makes sure of the stream, and reads where it stands. */
  async position(connection: NatsConnection): Promise<StreamPosition> {
    try {
      const manager = await jetstreamManager(connection);
      await this.ensure(manager);
      const { state } = await manager.streams.info(this.name);
      const lastEvent = state.messages > 0 ? await this.lastEvent(manager) : null;
      return { lastSequence: state.last_seq, lastEvent };
    } catch (thrown) {
      if (isWithoutJetStream(thrown, connection)) return { lastSequence: null, lastEvent: null };
      throw thrown;
    }
  }

  private async ensure({ streams }: JetStreamManager): Promise<void> {
    try {
      const { config } = await streams.info(this.name);
      if (config.subjects.includes(this.subjects)) return;
      const subjects = [...config.subjects, this.subjects];
      await streams.update(this.name, { ...config, subjects });
    } catch (thrown) {
      if (!isApiError(thrown, JetStreamApiCodes.StreamNotFound)) throw thrown;
      await streams.add({
        name: this.name,
        subjects: [this.subjects],
        storage: StorageType.File,
        duplicate_window: nanos(DUPLICATE_WINDOW_MS),
      });
    }
  }

  private async lastEvent({ streams }: JetStreamManager): Promise<StreamPosition['lastEvent']> {
    const message = await streams.getMessage(this.name, { last_by_subj: this.subjects });
    const seq = message?.header.get('Kurs-Seq') ?? '';
    const eventId = message?.header.get('Nats-Msg-Id') ?? '';
    return /^\d{1,15}$/.test(seq) ? { seq: Number.parseInt(seq, 10), eventId } : null;
  }
}

/**
 * Normally nobody answers for JetStream where there is none. But a subscriber to `>`, such as a
 * monitor, counts as somebody, and the question is left to time out; then the server's own word decides.
 */
function isWithoutJetStream(thrown: unknown, { info }: NatsConnection): boolean {
  // The library names this error, but does not export its class.
  if (thrown instanceof Error && thrown.name === 'JetStreamNotEnabled') return true;
  if (thrown instanceof errors.TimeoutError) return info?.jetstream !== true;
  return isApiError(thrown, ...JETSTREAM_NOT_ENABLED);
}

function isApiError(thrown: unknown, ...codes: number[]): boolean {
  return thrown instanceof JetStreamApiError && codes.includes(thrown.code);
}
