import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventually } from './eventually.js';

/** A stored message of the stream. */
export interface StoredEvent {
  subject: string;
  payload: string;
  header: (name: string) => string;
}

/** Reads a broker from outside, like another service. */
export class StreamReader {
  /** Messages since the connection, except hints and the broker's own. */
  readonly heard: { subject: string; payload: string }[] = [];

  private constructor(private readonly connection: NatsConnection) {
    connection.subscribe('>', {
      callback: (_, message) => {
        const { subject } = message;
        if (/^(_INBOX|\$JS)|\.hints$/.test(subject)) return;
        this.heard.push({ subject, payload: message.string() });
      },
    });
  }

  /** `url` as in NATS_URL: one broker, or a cluster of which some nodes may be down. */
  static async connect(url: string): Promise<StreamReader> {
    const connection = await connect({ servers: url.split(',') });
    const reader = new StreamReader(connection);
    await connection.flush();
    return reader;
  }

  get nats(): NatsConnection {
    return this.connection;
  }

  /** Waits until the stream has `count` messages, and reads all in order. */
  async stored(count: number, stream = 'RATES'): Promise<StoredEvent[]> {
    const { streams } = await jetstreamManager(this.connection);
    await eventually(`the stream holds ${count} messages`, async () => {
      const info = await streams.info(stream).catch(() => undefined);
      return (info?.state.messages ?? 0) >= count;
    });
    const { state } = await streams.info(stream);
    const messages: StoredEvent[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const message = await streams.getMessage(stream, { seq });
      if (!message) continue;
      const { subject, header } = message;
      messages.push({ subject, payload: message.string(), header: (name) => header.get(name) });
    }
    return messages;
  }

  /** `Kurs-Seq` of the newest message; 0 if there is none. */
  async newestSeq(stream = 'RATES'): Promise<number> {
    const { streams } = await jetstreamManager(this.connection);
    const state = await streams.info(stream).then(
      (info) => info.state,
      () => undefined,
    );
    if (!state || state.messages === 0) return 0;
    const newest = await streams.getMessage(stream, { seq: state.last_seq });
    return Number(newest?.header.get('Kurs-Seq') ?? 0);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
