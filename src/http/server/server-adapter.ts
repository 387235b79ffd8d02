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
import { upgradeCallback } from './foreign-upgrade.js';
import { isEndless } from '../telemetry/index.js';
import { handOver } from './paused-reading.js';
import { PipelinedRequests } from './pipelined-requests.js';
import { QuietConnections } from './quiet-connections.js';
import { ShortAnswer } from '../answers/index.js';

/** Node's own default, said aloud: request line and headers together, in bytes. */
const LARGEST_HEAD_BYTES = 16 * 1024;
/** How often Node looks for requests that have run out of their time, in milliseconds. */
const LOOK_MS = 500;

/** As `createServer` hands it on. */
type Answering = ServerResponse & { req: IncomingMessage };
/** What is sent in place of what a handler returned. */
type Finisher = (response: Response, answer: unknown) => unknown;
type Answerer = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Express on a server that waits for nobody for ever: a request that trickles in is cut off, and so is who
 * takes nothing of what he is sent.
 */
export class ServerAdapter extends ExpressAdapter {
  private readonly watchers: RequestListener[] = [];
  private readonly pipelined = new PipelinedRequests();
  private readonly last = new WeakMap<Duplex, ServerResponse>();
  private readonly carried = new WeakMap<Duplex, ServerResponse>();
  private answerFirst: Answerer = () => false;
  private finish: Finisher = (_, answer) => answer;
  private countRequest: (request: IncomingMessage) => boolean = () => true;

  constructor(
    private readonly settings: Pick<Settings, 'REQUEST_TIMEOUT_SECONDS' | 'KEEP_ALIVE_SECONDS'>,
  ) {
    super();
  }

  /** Handler tried before Express; returns true if it responded. */
  askFirst(answerer: Answerer): void {
    this.answerFirst = answerer;
  }

  /**
   * Calls `counter` with every request when it is read, but for those that `askFirst` answers at once; it says
   * whether there may be one more.
   */
  countBy(counter: (request: IncomingMessage) => boolean): void {
    this.countRequest = counter;
  }

  /** Calls `watcher` with every request that goes to Express, just before. */
  onRequest(watcher: RequestListener): void {
    this.watchers.push(watcher);
  }

  /** Calls `finisher` with what a handler returned, just before it is sent; what it throws is answered instead. */
  finishBy(finisher: Finisher): void {
    this.finish = finisher;
  }

  /** The answer that Express is giving on a connection. */
  carriedBy(connection: Duplex): ServerResponse | undefined {
    const response = this.carried.get(connection);
    return response?.closed === false ? response : undefined;
  }

  /** The answer to the last request that was read on a connection. */
  lastAnswerOn(connection: Duplex): ServerResponse | undefined {
    return this.last.get(connection);
  }

  override initHttpServer(): void {
    const timeout = this.settings.REQUEST_TIMEOUT_SECONDS * 1_000;
    this.httpServer = createServer(
      {
        maxHeaderSize: LARGEST_HEAD_BYTES,
        headersTimeout: timeout,
        keepAliveTimeout: this.settings.KEEP_ALIVE_SECONDS * 1_000,
        requestTimeout: timeout,
        connectionsCheckingInterval: LOOK_MS,
        // Refused with a problem document (unfit-head.ts), as is what checkExpectation brings.
        requireHostHeader: false,
        ...{ shouldUpgradeCallback: upgradeCallback() },
      },
      (request, response) => this.meet(request, response),
    );
    // Node cuts off a connection on which nothing has moved for so long, unless its answer has a say (`meet`).
    this.httpServer.timeout = 2 * timeout;
    new QuietConnections(this.httpServer, (socket) => this.lastAnswerOn(socket), timeout);
    this.httpServer.on('upgrade', ({ socket }: IncomingMessage) => handOver(socket));
    this.httpServer.on('checkExpectation', (request: IncomingMessage, response: Answering) =>
      this.meet(request, response),
    );
  }

  /** What is made already needs no stream, and nothing that Express would find out about it. */
  override reply(response: Response, answer: unknown, statusCode?: number): unknown {
    const body = this.finish(response, answer);
    if (!(body instanceof ShortAnswer)) return super.reply(response, body, statusCode) as unknown;
    if (statusCode !== undefined) response.status(statusCode);
    response.setHeader('Content-Type', body.type);
    response.setHeader('Content-Length', body.bytes.length);
    return response.end(response.req.method === 'HEAD' ? undefined : body.bytes);
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

  /** A request whose turn never comes has begun nothing that its end would have to give back. */
  private await(request: IncomingMessage, response: Answering): void {
    const { socket } = request;
    const isOneMore = this.countRequest(request);
    const carried = this.carriedBy(socket);
    if (!isOneMore && carried && isEndless(carried)) {
      // It would be kept for as long as the stream lasts, and so would those after it.
      socket.destroy();
      return;
    }
    this.pipelined.add(socket, response, () => {
      if (!isOneMore || !this.answerFirst(request, response)) this.begin(request, response);
    });
  }

  private begin(request: IncomingMessage, response: Answering): void {
    this.carried.set(request.socket, response);
    response.on('timeout', cutOffUnread);
    for (const watcher of this.watchers) watcher(request, response);
    this.getInstance<RequestListener>()(request, response);
  }
}

/** Answers that are still being made, or have no end, are waited for. */
function cutOffUnread(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}
