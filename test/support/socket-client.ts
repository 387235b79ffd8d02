import { once } from 'node:events';
import WebSocket from 'ws';
import { eventually } from './eventually.js';

/** A faulty network may lose a handshake. */
const HANDSHAKE_MS = 10_000;

/** Client of the live socket that records all text frames. */
export class SocketClient {
  readonly messages: string[] = [];
  /** Close code, when the socket is closed. */
  readonly closed: Promise<number>;
  /** Close reason. */
  reason = '';

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.reason = reason.toString();
        resolve(code);
      });
    });
    // Errors also close the connection, which `closed` reports.
    socket.on('error', () => undefined);
    socket.on('message', (bytes: Buffer) => this.messages.push(bytes.toString()));
  }

  /** Rejects if the handshake fails. */
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

  /** Waits for a total number of messages. */
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
