import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplication } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  answerProblem,
  EarlierAnswers,
  hasBody,
  isWebSocketUpgrade,
  readWithoutUpgrade,
  type ServerAdapter,
} from '../http/server/index.js';
import { RateLimiter } from '../http/access/index.js';
import {
  noteRoute,
  pathOf,
  REQUEST_ID_HEADER,
  requestIdOf,
  RequestWatch,
} from '../http/telemetry/index.js';
import { BadHandshakeError } from './gateway.errors.js';
import { Handshakes, isAddressOf } from './handshakes.js';
import { Inbox, LARGEST_FRAME_BYTES } from './inbox.js';
import { LiveMetrics } from './live-metrics.js';

/**
 * Nest's `ws` adapter, changed in three ways: rejected handshakes get a problem document before the upgrade; frames
 * are small and uncompressed; protocol errors of clients are counted, not logged.
 */
export class RatesWsAdapter extends WsAdapter {
  private readonly earlier: EarlierAnswers;
  private readonly handshakes: Handshakes;
  private readonly metrics: LiveMetrics;
  private readonly requests: RequestWatch;
  private readonly limiter: RateLimiter;

  constructor(app: INestApplication) {
    super(app);
    this.earlier = new EarlierAnswers(app.getHttpAdapter() as ServerAdapter);
    this.handshakes = app.get(Handshakes, { strict: false });
    this.metrics = app.get(LiveMetrics, { strict: false });
    this.requests = app.get(RequestWatch, { strict: false });
    this.limiter = app.get(RateLimiter, { strict: false });
  }

  override create(_port: number, { path = '/' }: { path?: string } = {}): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      maxPayload: LARGEST_FRAME_BYTES,
      perMessageDeflate: false,
      clientTracking: false,
    });
    server.on('wsClientError', (error, socket, request) =>
      this.refuse(socket, request, new BadHandshakeError(error.message), performance.now()),
    );
    server.on('headers', (headers, request) => {
      headers.push(`${REQUEST_ID_HEADER}: ${requestIdOf(request)}`);
    });
    // `ws` closes such a client itself with the right code; the gateway is notified.
    const count = () => this.metrics.dropped('protocol');
    server.on('connection', (client) => client.on('error', count));
    const http = this.httpServer as Server;
    http.on('upgrade', (request, socket, head) => {
      void this.admit(server, path, { request, socket, head });
    });
    return server;
  }

  override bindMessageHandlers(client: WebSocket, handlers: MessageMappingProperties[]): void {
    new Inbox(client, handlers, (reason) => this.metrics.dropped(reason));
  }

  private async admit(
    server: WebSocketServer,
    path: string,
    offer: { request: IncomingMessage; socket: Duplex; head: Buffer },
  ): Promise<void> {
    const { request, socket, head } = offer;
    const began = performance.now();
    const isOurs = isWebSocketUpgrade(request);
    // The other requests are counted when they are read again.
    const refusal = isOurs ? this.limiter.count(request) : undefined;
    const destroy = () => socket.destroy();
    socket.once('error', destroy);
    await this.earlier.ended(socket);
    if (!socket.writable) return;
    if (!isOurs && readWithoutUpgrade(this.httpServer as Server, offer)) {
      socket.off('error', destroy);
      return;
    }
    if (isAddressOf(path, pathOf(request))) noteRoute(request, path);
    try {
      if (refusal) throw refusal;
      if (!isOurs)
        throw new BadHandshakeError('A request with so many headers may offer a WebSocket alone');
      // Node 26 keeps the frames back until it is read; earlier ones take it for frames.
      if (hasBody(request)) throw new BadHandshakeError('A handshake has no body');
      await this.handshakes.admit(request, path);
    } catch (thrown) {
      this.refuse(socket, request, thrown, began);
      return;
    }
    socket.off('error', destroy);
    server.handleUpgrade(request, socket, head, (client) => {
      this.requests.answered(request, { status: 101, began });
      server.emit('connection', client, request);
    });
  }

  /** Answers with a problem document and closes. */
  private refuse(socket: Duplex, request: IncomingMessage, failure: unknown, began: number): void {
    const asked = { line: `${request.method ?? ''} ${pathOf(request)}`, id: requestIdOf(request) };
    const { code, status } = answerProblem(socket, failure, asked);
    this.metrics.refused(code);
    this.requests.answered(request, { status, began });
  }
}
