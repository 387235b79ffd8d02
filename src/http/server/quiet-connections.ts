import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pauseReading, resumeReading } from './paused-reading.js';

const CHECK_MS = 500;

/** What a connection was like at the last check. */
interface Quiet {
  answer: ServerResponse;
  bytesRead: number;
  /** By `performance.now()`: when bytes were first seen that are no whole request. */
  since?: number;
}

/**
 * Keeps the limits of time where bytes come that are no request. Every byte starts Node's timers of a
 * connection anew, and blank lines before a request, which HTTP allows (RFC 9112, 2.2), start none of its own.
 */
export class QuietConnections {
  private readonly connections = new Map<Socket, Quiet | undefined>();

  constructor(
    server: Server,
    private readonly lastAnswerOn: (socket: Socket) => ServerResponse | undefined,
    private readonly timeoutMs: number,
  ) {
    server.on('connection', (socket: Socket) => this.connections.set(socket, undefined));
    server.on('upgrade', ({ socket }: IncomingMessage) => this.connections.delete(socket));
    const timer = setInterval(() => this.check(), CHECK_MS).unref();
    server.once('close', () => clearInterval(timer));
  }

  private check(): void {
    const now = performance.now();
    for (const [socket, quiet] of this.connections) {
      if (socket.destroyed) {
        this.connections.delete(socket);
        continue;
      }
      const answer = this.lastAnswerOn(socket);
      this.waitForReader(socket);
      // Node has a limit for the first request.
      if (answer === undefined) continue;
      if (!answer.closed || answer !== quiet?.answer) {
        this.connections.set(socket, { answer, bytesRead: socket.bytesRead });
      } else if (quiet.since !== undefined) {
        if (now - quiet.since >= this.timeoutMs) socket.destroy();
      } else if (socket.bytesRead !== quiet.bytesRead) quiet.since = now;
    }
  }

  /** Node cuts off who takes nothing of an answer; what such a client sends must not look as if he did. */
  private waitForReader(socket: Socket): void {
    if (socket.writableLength > 0) pauseReading(socket, 'answer-unread');
    else resumeReading(socket, 'answer-unread');
  }
}
