import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import { doneWithin } from '../common/done-within.js';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { asDatabaseError } from '../database/database.errors.js';
import { problemOf } from '../http/problems/index.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import type { KeptSubscription } from '../nats/kept-subscription.js';
import { AnswerSource } from './answered-from.js';
import { IgnoredQuestions } from './ignored-questions.js';
import { RatesRpc } from './rates.rpc.js';
import { isInbox } from './reply-subject.js';
import { answerOf, problemAnswer, type RpcAnswer, sizeOf } from './rpc-answer.js';
import type { RpcMethod } from './rpc-method.js';
import { AnswerTooLargeError, MalformedRequestError } from './rpc.errors.js';
import { readRequest } from './rpc-request.js';

/** Timeout for unsubscribing at shutdown, in milliseconds: the broker may hang. */
const DRAIN_GRACE_MS = 1_000;
/** Queue group: one instance answers each request. */
const QUEUE = 'kurs';

/**
 * Answers requests on `<prefix>.latest`, `.history`, `.convert` and `.status`. Nest's own server for
 * NATS would keep the service from starting without a broker, and takes any JSON with a `data` member
 * for a packet of its own.
 */
@Injectable()
export class RpcServer implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(RpcServer.name);
  private readonly pending = new Set<Promise<void>>();
  private subscriptions: KeptSubscription[] = [];
  private leaving: Promise<void> | undefined;

  constructor(
    private readonly broker: BrokerConnection,
    private readonly rpc: RatesRpc,
    private readonly settings: Settings,
    private readonly ignored: IgnoredQuestions,
    private readonly source: AnswerSource,
  ) {}

  onModuleInit(): void {
    const { NATS_REPLY_PREFIXES, NATS_SUBJECT_PREFIX } = this.settings;
    const prefixes = NATS_REPLY_PREFIXES.split(',');
    this.subscriptions = Object.entries(this.rpc.methods).map(([name, method]) =>
      this.broker.subscribe(`${NATS_SUBJECT_PREFIX}.${name}`, {
        queue: QUEUE,
        callback: (message, connection) => {
          if (!message.reply) return;
          if (!isInbox(message.reply, prefixes)) {
            this.ignored.noteIgnored(message.subject, message.reply);
            return;
          }
          const mostBytes = connection.info?.max_payload ?? Infinity;
          const work = this.reply(message, method, mostBytes).finally(() =>
            this.pending.delete(work),
          );
          this.pending.add(work);
        },
      }),
    );
  }

  /** Leaves the queue group, but answers requests already received. Never rejects. */
  leave(): Promise<void> {
    this.leaving ??= doneWithin(
      DRAIN_GRACE_MS,
      Promise.allSettled(this.subscriptions.map((each) => each.drain())),
    );
    return this.leaving;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leave();
    await Promise.all(this.pending);
  }

  /** Never rejects: a request must not end the service. */
  private async reply(message: Msg, method: RpcMethod, mostBytes: number): Promise<void> {
    try {
      const { body, headers } = await this.answer(message, method, mostBytes);
      message.respond(body, { headers });
    } catch (thrown) {
      this.logger.error(`${message.subject} got no answer: ${messageOf(thrown)}`);
    }
  }

  private async answer(message: Msg, method: RpcMethod, mostBytes: number): Promise<RpcAnswer> {
    let packetId: string | undefined;
    // Read before the answer is made: the answer may be newer than it says, never older.
    const source = this.source.now;
    try {
      const request = readRequest(message.data);
      packetId = request.packetId;
      const answer = answerOf(await method(request.parameters), packetId, source);
      const bytes = sizeOf(answer);
      if (bytes > mostBytes) throw new AnswerTooLargeError(bytes, mostBytes);
      return answer;
    } catch (thrown) {
      if (thrown instanceof MalformedRequestError) packetId = thrown.packetId;
      const problem = problemOf(asDatabaseError(thrown), message.subject);
      return problemAnswer(problem, packetId, { mostBytes, source });
    }
  }
}
