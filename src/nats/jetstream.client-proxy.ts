import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { ClientProxy, type ReadPacket } from '@nestjs/microservices';
import { from, type Observable, throwError } from 'rxjs';
import type { BrokerConnection } from './broker-connection.js';
import { BrokerUnavailableError, NoRequestsError, StreamGoneError } from './nats.errors.js';

/** The data of `emit`; its pattern is the subject. */
export interface StreamMessage {
  /** The body, published unchanged. */
  payload: string;
  /** The same for every repeat: the broker drops repeats within its duplicate window. */
  id: string;
  headers: Record<string, string>;
  /** The stream stores the message only behind this one; null: the server has no JetStream. */
  expect: { lastSequence: number; lastMsgID?: string } | null;
}

const ACK_TIMEOUT_MS = 5_000;

/**
 * A ClientProxy that publishes to JetStream: `emit` completes with the broker's PubAck, or with null on
 * a server without JetStream, once it has the message. The stock proxy's `emit` is no delivery: it
 * reports success for messages that a dying broker never saw.
 */
export class JetStreamClientProxy extends ClientProxy {
  private readonly broker: BrokerConnection;
  private client: { connection: NatsConnection; jetstream: JetStreamClient } | undefined;

  constructor({ broker }: { broker: BrokerConnection }) {
    super();
    this.broker = broker;
  }

  /** @throws BrokerUnavailableError at once, rather than waiting for the broker. */
  override connect(): Promise<NatsConnection> {
    const { open } = this.broker;
    return open ? Promise.resolve(open) : Promise.reject(new BrokerUnavailableError());
  }

  /** Nothing to close: the connection belongs to BrokerConnection. */
  override close(): void {
    this.client = undefined;
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

  /**
   * Publishes at once, like the base class, whose chain of observables for every message would cost the
   * relay a twentieth of its pace.
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- ClientProxy has it so
  override emit<Result, Input>(pattern: string, data: Input): Observable<Result> {
    try {
      return from(this.dispatchEvent<Result>({ pattern, data }));
    } catch (thrown) {
      return throwError(() => thrown);
    }
  }

  /** ClientProxy demands it, for `send`. */
  protected override publish(): never {
    throw new NoRequestsError();
  }

  /** Resolves with a PubAck or null; the base class lets the caller of `emit` name the type. */
  protected override dispatchEvent<Result>({ pattern, data }: ReadPacket): Promise<Result> {
    const connection = this.unwrap();
    const { payload, id, expect, headers: fields } = data as StreamMessage;
    const subject = this.normalizePattern(pattern as string);
    const sent = expect
      ? this.jetStream(connection)
          .publish(subject, payload, {
            ...{ msgID: id, headers: toHeaders(fields), expect, timeout: ACK_TIMEOUT_MS },
          })
          .then(undefined, rejectStreamError)
      : publishPlainly(connection, subject, data as StreamMessage);
    return sent as Promise<Result>;
  }

  private jetStream(connection: NatsConnection): JetStreamClient {
    if (this.client?.connection !== connection) {
      this.client = { connection, jetstream: jetstream(connection) };
    }
    return this.client.jetstream;
  }
}

/** A server without JetStream acknowledges nothing: resolves once it has the message. */
async function publishPlainly(
  connection: NatsConnection,
  subject: string,
  { payload, id, headers: fields }: StreamMessage,
): Promise<null> {
  connection.publish(subject, payload, { headers: toHeaders({ ...fields, 'Nats-Msg-Id': id }) });
  await connection.flush();
  return null;
}

/** The library takes every unanswered message for one to a broker without JetStream; it does not export the class. */
function rejectStreamError(thrown: unknown): never {
  const isUnanswered = thrown instanceof Error && thrown.name === 'JetStreamNotEnabled';
  throw isUnanswered ? new StreamGoneError() : thrown;
}

function toHeaders(fields: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const name in fields) result.append(name, fields[name] ?? '');
  return result;
}
