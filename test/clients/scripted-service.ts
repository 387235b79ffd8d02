import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

type Answer = (response: ServerResponse) => void;

/** Frames at once, and one for each message of the client. */
interface Conversation {
  readonly first: readonly unknown[];
  readonly answers: readonly unknown[];
}

/** Frames for one connection, by whichever way it comes; or an answer to a request for a stream. */
type Connection = readonly unknown[] | Conversation | Answer;

/** Says to each connection what a test wants, which a sound service never says. The last one is repeated. */
export class ScriptedService {
  /** What was asked for, one query for each connection. */
  readonly queries: URLSearchParams[] = [];
  private readonly sockets: WebSocketServer;

  private constructor(
    private readonly server: Server,
    private readonly script: readonly Connection[],
  ) {
    server.on('request', (request, response) => this.stream(request, response));
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket, request) => {
      const connection = this.next(request);
      if (typeof connection === 'function') throw new TypeError('A socket has no such answer');
      const { first, answers } =
        'first' in connection ? connection : { first: connection, answers: [] };
      for (const frame of first) socket.send(textOf(frame));
      const left = [...answers];
      socket.on('message', () => {
        if (left.length > 0) socket.send(textOf(left.shift()));
      });
    });
  }

  static async start(...script: Connection[]): Promise<ScriptedService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedService(server, script);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private next({ url = '' }: IncomingMessage): Connection {
    const connection = this.script[Math.min(this.queries.length, this.script.length - 1)] ?? [];
    this.queries.push(new URL(url, 'http://scripted').searchParams);
    return connection;
  }

  private stream(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.next(request);
    if (typeof connection === 'function') {
      connection(response);
      return;
    }
    if ('first' in connection) throw new TypeError('A stream hears nothing');
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    for (const frame of connection) response.write(`data: ${textOf(frame)}\n\n`);
    response.flushHeaders();
  }
}

function textOf(frame: unknown): string {
  return typeof frame === 'string' ? frame : JSON.stringify(frame);
}
