import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { ClientProxy, type ReadPacket } from '@nestjs/microservices';
import { from, type Observable } from 'rxjs';
import type { BrokerConnection } from './broker-connection.js';
import { BrokerUnavailableError, NoRequestsError, StreamGoneError } from './nats.errors.js';

/** The data of `emit`; its pattern is the subject. */
export interface StreamMessage {
  /** The body, published as it is. */
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
    const packet = this.createPacket(pattern, data) as ReadPacket<StreamMessage>;
    return from(this.dispatchEvent(packet));
  }

  /** ClientProxy demands it, for `send`. */
  protected override publish(): never {
    throw new NoRequestsError();
  }

  /** Returns a PubAck or null; the base class lets the caller of `emit` name the type. */
  protected override async dispatchEvent({
    pattern,
    data,
  }: ReadPacket<StreamMessage>): Promise<never> {
    const connection = this.unwrap();
    const subject = this.normalizePattern(pattern as string);
    const { payload, id, expect } = data;
    if (!expect) {
      const fields = toHeaders({ ...data.headers, 'Nats-Msg-Id': id });
      connection.publish(subject, payload, { headers: fields });
      await connection.flush();
      return null as never;
    }
    const options = {
      msgID: id,
      headers: toHeaders(data.headers),
      expect,
      timeout: ACK_TIMEOUT_MS,
    };
    const ack = await this.jetStream(connection)
      .publish(subject, payload, options)
      .catch((thrown: unknown) => {
        throw asStreamError(thrown);
      });
    return ack as never;
  }

  private jetStream(connection: NatsConnection): JetStreamClient {
    if (this.client?.connection !== connection) {
      this.client = { connection, jetstream: jetstream(connection) };
    }
    return this.client.jetstream;
  }
}

/** The library takes every unanswered message for one to a broker without JetStream; it does not export the class. */
function asStreamError(thrown: unknown): unknown {
  const isUnanswered = thrown instanceof Error && thrown.name === 'JetStreamNotEnabled';
  return isUnanswered ? new StreamGoneError() : thrown;
}

function toHeaders(fields: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const name in fields) result.append(name, fields[name] ?? '');
  return result;
}
