import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { Settings } from '../config/settings.js';
import { asDatabaseError } from '../database/database.errors.js';
import { problemOf } from '../http/problem.js';
import type { Problem } from '../http/problem.dto.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import { RatesRpc } from './rates.rpc.js';
import type { RpcMethod } from './rpc-method.js';
import { AnswerTooLargeError } from './rpc.errors.js';
import { packetIdOf, readRequest } from './rpc-request.js';

/** One of the instances answers. */
const QUEUE = 'kurs';

/**
 * Answers requests on `<prefix>.latest`, `.history`, `.convert` and `.status`. Nest's own server for
 * NATS would keep the service from starting without a broker, and takes any JSON with a `data` member
 * for a packet of its own.
 */
@Injectable()
export class RpcServer implements OnModuleInit, BeforeApplicationShutdown {
  private readonly pending = new Set<Promise<void>>();
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly broker: BrokerConnection,
    private readonly rpc: RatesRpc,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.broker.onOpened((connection) => this.listen(connection));
  }

  /** Others of the queue get the next requests; those under way are answered. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await Promise.all(this.pending);
  }

  private listen(connection: NatsConnection): void {
    this.subscriptions = Object.entries(this.rpc.methods).map(([name, method]) =>
      connection.subscribe(`${this.settings.NATS_SUBJECT_PREFIX}.${name}`, {
        queue: QUEUE,
        callback: (failure, message) => {
          if (failure || !message.reply) return;
          const mostBytes = connection.info?.max_payload ?? Infinity;
          const work = this.answer(message, method, mostBytes).finally(() =>
            this.pending.delete(work),
          );
          this.pending.add(work);
        },
      }),
    );
  }

  private async answer(message: Msg, method: RpcMethod, mostBytes: number): Promise<void> {
    const text = message.string();
    const packetId = packetIdOf(text);
    try {
      const answer = await method(readRequest(text).parameters);
      const body = encode({ response: answer }, answer, packetId);
      const bytes = Buffer.byteLength(body);
      if (bytes > mostBytes) throw new AnswerTooLargeError(bytes, mostBytes);
      message.respond(body);
    } catch (thrown) {
      const problem = problemOf(asDatabaseError(thrown), message.subject);
      message.respond(encode({ err: problem }, problem, packetId), {
        headers: errorHeaders(problem),
      });
    }
  }
}

/** For a packet of Nest one that its client reads, for everybody else the plain JSON. */
function encode(packet: object, plain: object, packetId: string | undefined): string {
  return JSON.stringify(
    packetId === undefined ? plain : { ...packet, isDisposed: true, id: packetId },
  );
}

/** By them a client tells a problem from an answer (NATS ADR-32, services). */
function errorHeaders({ status, detail }: Problem) {
  const result = headers();
  result.set('Nats-Service-Error-Code', String(status));
  result.set('Nats-Service-Error', detail.replace(/\s+/g, ' '));
  return result;
}
