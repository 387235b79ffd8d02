import { once } from 'node:events';
import WebSocket from 'ws';
import { eventually } from './eventually.js';

/** A network may swallow a handshake. */
const HANDSHAKE_MS = 10_000;

/** A client of the live socket that keeps every text frame. */
export class SocketClient {
  readonly messages: string[] = [];
  /** The close code, once the socket is closed. */
  readonly closed: Promise<number>;
  /** What was said at closing. */
  reason = '';

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.reason = reason.toString();
        resolve(code);
      });
    });
    // What is wrong with a connection ends it, which is said in `closed`.
    socket.on('error', () => undefined);
    socket.on('message', (bytes: Buffer) => this.messages.push(bytes.toString()));
  }

  /** Rejects when the handshake is refused. */
  static async connect(
    url: string,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<SocketClient> {
    const address = `${url.replace('http', 'ws')}/ws/rates${query}`;
    const socket = new WebSocket(address, { headers, handshakeTimeout: HANDSHAKE_MS });
    const client = new SocketClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Waits for that many messages in all. */
  async received(count: number): Promise<string[]> {
    await eventually(`${count} frames`, () => this.messages.length >= count);
    return this.messages;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  async close(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}
