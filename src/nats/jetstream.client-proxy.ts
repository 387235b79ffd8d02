import { Injectable } from '@nestjs/common';
import { jetstream, type JetStreamClient, type PubAck } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { BrokerConnection } from './broker-connection.js';
import { BrokerUnavailableError, NoRequestsError, StreamGoneError } from './nats.errors.js';

/** A message for the stream. */
export interface StreamMessage {
  subject: string;
  /** The body, as it is. */
  payload: string;
  /** The same for every repeat: the broker drops repeats within its duplicate window. */
  id: string;
  headers: Record<string, string>;
}

/** Messages for the stream, in order: each is stored only where it is expected to stand. */
export interface StreamBatch {
  messages: readonly StreamMessage[];
  /** The stream's last sequence before the first of them; null on a server without JetStream. */
  lastSequence: number | null;
}

const ACK_TIMEOUT_MS = 5_000;
/** How many messages wait for their acknowledgement at once. */
const IN_FLIGHT = 256;

/**
 * A ClientProxy whose `emit` takes a StreamBatch and completes with the broker's acknowledgement of
 * each message, of none on a server without JetStream. The stock proxy's `emit` is not delivery: it reports success for messages that a dying broker never saw.
 */
@Injectable()
export class JetStreamClientProxy extends ClientProxy {
  private client: { connection: NatsConnection; jetstream: JetStreamClient } | undefined;

  constructor(private readonly broker: BrokerConnection) {
    super();
    this.initializeSerializer({});
    this.initializeDeserializer({});
  }

  /** @throws BrokerUnavailableError at once, rather than waiting for the broker. */
  override connect(): Promise<NatsConnection> {
    const { open } = this.broker;
    return open ? Promise.resolve(open) : Promise.reject(new BrokerUnavailableError());
  }

  /** Nothing to close: the connection belongs to BrokerConnection. */
  override close(): void {
    this.routingMap.clear();
  }

  override on(): never {
    throw new NoRequestsError();
  }

  /**
   * The connection itself.
   *
   * @throws BrokerUnavailableError
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- ClientProxy has it so
  override unwrap<Connection = NatsConnection>(): Connection {
    const { open } = this.broker;
    if (!open) throw new BrokerUnavailableError();
    return open as Connection;
  }

  protected override publish(_: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    callback({ err: new NoRequestsError() });
    return () => undefined;
  }

  private clientOf(connection: NatsConnection): JetStreamClient {
    if (this.client?.connection !== connection) {
      this.client = { connection, jetstream: jetstream(connection) };
    }
    return this.client.jetstream;
  }

  /** Ends when every message has: nothing is under way when a failure is told. */
  protected override async dispatchEvent({ data: batch }: ReadPacket<StreamBatch>): Promise<never> {
    const { open } = this.broker;
    if (!open) throw new BrokerUnavailableError();
    const { messages, lastSequence } = batch;
    if (lastSequence === null) {
      for (const message of messages) publishPlainly(open, message);
      await open.flush();
      return [] as never;
    }
    const client = this.clientOf(open);
    const acks: PubAck[] = [];
    let next = 0;
    const publishInTurn = async () => {
      for (let message = messages[next]; message; message = messages[next]) {
        const index = next++;
        acks[index] = await client.publish(message.subject, message.payload, {
          msgID: message.id,
          headers: toHeaders(message.headers),
          expect: expected(lastSequence + index, messages[index - 1]),
          timeout: ACK_TIMEOUT_MS,
        });
      }
    };
    const turns = Array.from({ length: Math.min(IN_FLIGHT, messages.length) }, publishInTurn);
    const refused = (await Promise.allSettled(turns)).find(({ status }) => status === 'rejected');
    if (refused?.status === 'rejected') throw asStreamError(refused.reason);
    return acks as never;
  }
}

/**
 * The sequence alone does not hold a batch together: had somebody else stored one message before it, the
 * first of the batch would be refused, and the second would find the very sequence that it expects.
 */
function expected(lastSequence: number, before: StreamMessage | undefined) {
  return before ? { lastSequence, lastMsgID: before.id } : { lastSequence };
}

/** The library takes every message that nobody answers for one to a broker without JetStream; it does not export the class. */
function asStreamError(thrown: unknown): unknown {
  const isUnanswered = thrown instanceof Error && thrown.name === 'JetStreamNotEnabled';
  return isUnanswered ? new StreamGoneError() : thrown;
}

function publishPlainly(connection: NatsConnection, message: StreamMessage): void {
  const headers = toHeaders({ ...message.headers, 'Nats-Msg-Id': message.id });
  connection.publish(message.subject, message.payload, { headers });
}

function toHeaders(fields: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const name in fields) result.append(name, fields[name] ?? '');
  return result;
}
