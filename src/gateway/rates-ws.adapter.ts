import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplication } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerProblem } from '../http/bare-answer.js';
import { answerWithoutUpgrade, isWebSocketUpgrade } from '../http/foreign-upgrade.js';
import { BadHandshakeError } from './gateway.errors.js';
import { Handshakes } from './handshakes.js';
import { Inbox } from './inbox.js';
import { LiveMetrics } from './live-metrics.js';

const LARGEST_INBOUND_FRAME_BYTES = 4 * 1024;

/**
 * The platform's adapter with manners of ours: who is not let in is told why, by a problem document,
 * before anything is upgraded; frames are small, and not compressed; a client that breaks the
 * protocol is counted, and no line of the log.
 */
export class RatesWsAdapter extends WsAdapter {
  private readonly handshakes: Handshakes;
  private readonly metrics: LiveMetrics;

  constructor(app: INestApplication) {
    super(app);
    this.handshakes = app.get(Handshakes, { strict: false });
    this.metrics = app.get(LiveMetrics, { strict: false });
  }

  override create(_port: number, { path = '/' }: { path?: string } = {}): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      maxPayload: LARGEST_INBOUND_FRAME_BYTES,
      perMessageDeflate: false,
      clientTracking: false,
    });
    server.on('wsClientError', (error, socket, request) =>
      this.refuse(socket, request, new BadHandshakeError(error.message)),
    );
    // `ws` closes such a client itself, with the code that says why; the gateway hears of it then.
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
    { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
  ): Promise<void> {
    const destroy = () => socket.destroy();
    socket.once('error', destroy);
    const isOurs = isWebSocketUpgrade(request);
    if (!isOurs && answerWithoutUpgrade(this.httpServer as Server, request, socket)) return;
    try {
      if (!isOurs) throw new BadHandshakeError('Requests with a body may not offer an upgrade');
      await this.handshakes.admit(request, path);
    } catch (thrown) {
      this.refuse(socket, request, thrown);
      return;
    }
    socket.off('error', destroy);
    server.handleUpgrade(request, socket, head, (client) => {
      server.emit('connection', client, request);
    });
  }

  /** Answers with a problem document, as every other address does, and closes. */
  private refuse(socket: Duplex, request: IncomingMessage, failure: unknown): void {
    const { code } = answerProblem(socket, failure, `${request.method ?? ''} ${request.url ?? ''}`);
    this.metrics.refused(code);
  }
}
