import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import type { Settings } from '../../config/settings.js';
import { messageClasses } from '../express/index.js';
import { upgradeCallback } from './foreign-upgrade.js';
import { isEndless } from '../telemetry/index.js';
import { handOver } from './paused-reading.js';
import { PipelinedRequests } from './pipelined-requests.js';
import { QuietConnections } from './quiet-connections.js';
import { type AnswerSender, ShortAnswer } from '../answers/index.js';

/** Node's default, made explicit: request line and headers together, in bytes. */
const LARGEST_HEAD_BYTES = 16 * 1024;
/** Interval of Node's check for request timeouts, in milliseconds. */
const LOOK_MS = 500;

/** Response type as `createServer` passes it. */
type Answering = ServerResponse & { req: IncomingMessage };
/** Maps a handler's return value to the body to send. */
type Finisher = (response: Response, answer: unknown) => unknown;
type Answerer = (request: IncomingMessage, response: ServerResponse) => boolean;
type SenderFor = (request: IncomingMessage, response: ServerResponse) => AnswerSender | undefined;

const SENDER = Symbol('sender');
type WithSender = ServerResponse & { [SENDER]?: AnswerSender | undefined };

/**
 * Express on a server with timeouts everywhere: disconnects clients that send a request or read an answer too slowly.
 */
export class ServerAdapter extends ExpressAdapter {
  private readonly watchers: RequestListener[] = [];
  private readonly pipelined = new PipelinedRequests();
  private readonly last = new WeakMap<Duplex, ServerResponse>();
  private readonly carried = new WeakMap<Duplex, ServerResponse>();
  private quiet: QuietConnections | undefined;
  private answerFirst: Answerer = () => false;
  private senderFor: SenderFor = () => undefined;
  private finish: Finisher = (_, answer) => answer;
  private countRequest: (request: IncomingMessage) => boolean = () => true;

  constructor(
    private readonly settings: Pick<Settings, 'REQUEST_TIMEOUT_SECONDS' | 'KEEP_ALIVE_SECONDS'>,
  ) {
    super();
  }

  /** Handler tried before Express; returns true if it responded. */
  tryFirst(answerer: Answerer): void {
    this.answerFirst = answerer;
  }

  /**
   * Calls `counter` with every request that is read, except for those that `tryFirst` responds to at once. It returns
   * false if the request exceeds the limit.
   */
  countBy(counter: (request: IncomingMessage) => boolean): void {
    this.countRequest = counter;
  }

  /** Calls `watcher` with every request just before Express handles it. */
  onRequest(watcher: RequestListener): void {
    this.watchers.push(watcher);
  }

  /** Calls `senderFor` before the handler of a cached route; what it returns sends the answer. */
  onCachedRoute(senderFor: SenderFor): void {
    this.senderFor = senderFor;
  }

  readonly beforeCachedRoute: RequestListener = (request, response: WithSender) => {
    response[SENDER] = this.senderFor(request, response);
  };

  /** Calls `finisher` with a handler's return value just before it is sent; an exception replaces the answer. */
  finishBy(finisher: Finisher): void {
    this.finish = finisher;
  }

  /** The response that Express is producing on a connection. */
  carriedBy(connection: Duplex): ServerResponse | undefined {
    const response = this.carried.get(connection);
    return response?.closed === false ? response : undefined;
  }

  /** The response to the last request read on a connection. */
  lastAnswerOn(connection: Duplex): ServerResponse | undefined {
    return this.last.get(connection);
  }

  /** Disconnects a client after a long time without activity; not if its answer is still computed, or has no end. */
  disconnectIdle(connection: Duplex): void {
    const isAnswered = this.carriedBy(connection) === undefined;
    if (isAnswered || connection.writableLength > 0) connection.destroy();
  }

  /** Disconnects clients that send bytes which do not become a request. */
  checkConnections(): void {
    this.quiet?.closeOverdue();
  }

  override initHttpServer(): void {
    const timeout = this.settings.REQUEST_TIMEOUT_SECONDS * 1_000;
    this.httpServer = createServer(
      {
        ...messageClasses(this.getInstance()),
        maxHeaderSize: LARGEST_HEAD_BYTES,
        headersTimeout: timeout,
        keepAliveTimeout: this.settings.KEEP_ALIVE_SECONDS * 1_000,
        requestTimeout: timeout,
        connectionsCheckingInterval: LOOK_MS,
        // Rejected later with a problem document (admission.ts), like the requests of checkExpectation.
        requireHostHeader: false,
        ...{ shouldUpgradeCallback: upgradeCallback() },
      },
      (request, response) => this.meet(request, response),
    );
    // Node reports a connection without activity after this time.
    this.httpServer.timeout = 2 * timeout;
    this.httpServer.on('timeout', (socket: Socket) => this.disconnectIdle(socket));
    this.quiet = new QuietConnections(
      this.httpServer,
      (socket) => this.lastAnswerOn(socket),
      timeout,
    );
    this.httpServer.on('upgrade', ({ socket }: IncomingMessage) => handOver(socket));
    this.httpServer.on('checkExpectation', (request: IncomingMessage, response: Answering) =>
      this.meet(request, response),
    );
  }

  /** A complete body needs neither a stream nor Express's processing. */
  override reply(response: Response & WithSender, answer: unknown, statusCode?: number): unknown {
    const body = this.finish(response, answer);
    const sender = response[SENDER];
    if (!(body instanceof ShortAnswer)) {
      sender?.collect();
      return super.reply(response, body, statusCode) as unknown;
    }
    if (statusCode !== undefined) response.status(statusCode);
    response.setHeader('Content-Type', body.type);
    response.setHeader('Content-Length', body.bytes.length);
    if (sender) sender.send(body.bytes);
    else response.end(response.req.method === 'HEAD' ? undefined : body.bytes);
    return response;
  }

  private meet(request: IncomingMessage, response: Answering): void {
    this.last.set(request.socket, response);
    const hasTurn = response.socket !== null;
    if (!hasTurn) {
      this.await(request, response);
      return;
    }
    if (this.answerFirst(request, response)) return;
    this.countRequest(request);
    this.begin(request, response);
  }

  /** A request whose turn never comes holds nothing that must be released. */
  private await(request: IncomingMessage, response: Answering): void {
    const { socket } = request;
    const isOneMore = this.countRequest(request);
    const carried = this.carriedBy(socket);
    if (!isOneMore && carried && isEndless(carried)) {
      // It would wait as long as the stream lasts, and so would those after it.
      socket.destroy();
      return;
    }
    this.pipelined.add(socket, response, () => {
      if (!isOneMore || !this.answerFirst(request, response)) this.begin(request, response);
    });
  }

  private begin(request: IncomingMessage, response: Answering): void {
    this.carried.set(request.socket, response);
    for (const watcher of this.watchers) watcher(request, response);
    this.getInstance<RequestListener>()(request, response);
  }
}
