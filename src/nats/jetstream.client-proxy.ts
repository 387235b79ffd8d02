import { Injectable } from '@nestjs/common';
import { jetstream, type PubAck } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { BrokerConnection } from './broker-connection.js';
import { BrokerUnavailableError, NoRequestsError } from './nats.errors.js';

/** A message for the stream: it is stored only where it is expected to stand. */
export interface StreamMessage {
  /** The body, as it is. */
  payload: string;
  /** The same for every repeat: the broker drops repeats within its duplicate window. */
  id: string;
  headers: Record<string, string>;
  /** The stream's last sequence before this message; null on a server without JetStream. */
  lastSequence: number | null;
}

const ACK_TIMEOUT_MS = 5_000;

/**
 * A ClientProxy whose `emit` completes with the broker's acknowledgement. The stock proxy's `emit`
 * is not delivery: it reports success for messages that a dying broker never saw.
 */
@Injectable()
export class JetStreamClientProxy extends ClientProxy {
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

  override unwrap(): never {
    return this.broker.open as never;
  }

  protected override publish(_: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    callback({ err: new NoRequestsError() });
    return () => undefined;
  }

  /** Resolves with the PubAck; on a server without JetStream with undefined, once the message was handed over. The base class lets the caller of `emit` name the type. */
  protected override async dispatchEvent({
    pattern,
    data,
  }: ReadPacket<StreamMessage>): Promise<never> {
    const { open } = this.broker;
    if (!open) throw new BrokerUnavailableError();
    const subject = this.normalizePattern(pattern as string);
    const { payload, id, lastSequence } = data;
    const messageHeaders = toHeaders(data.headers);
    if (lastSequence === null) {
      messageHeaders.set('Nats-Msg-Id', id);
      open.publish(subject, payload, { headers: messageHeaders });
      return undefined as never;
    }
    const ack: PubAck = await jetstream(open).publish(subject, payload, {
      msgID: id,
      headers: messageHeaders,
      expect: { lastSequence },
      timeout: ACK_TIMEOUT_MS,
    });
    return ack as never;
  }
}

function toHeaders(fields: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const [name, value] of Object.entries(fields)) result.set(name, value);
  return result;
}
