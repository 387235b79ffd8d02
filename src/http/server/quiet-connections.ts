import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pauseReading, resumeReading } from './paused-reading.js';

/** State of a connection at the last check. */
interface Quiet {
  answer: ServerResponse;
  bytesRead: number;
  /** When bytes arrived that are not a complete request, by `performance.now()`. */
  since?: number;
}

/**
 * Enforces timeouts on bytes that are not a request. Every byte restarts Node's timers of a connection, and blank
 * lines before a request, which HTTP allows (RFC 9112, 2.2), start none.
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
  }

  /** To be called about twice a second. */
  closeOverdue(): void {
    const now = performance.now();
    for (const [socket, quiet] of this.connections) {
      if (socket.destroyed) {
        this.connections.delete(socket);
        continue;
      }
      const answer = this.lastAnswerOn(socket);
      this.waitForReader(socket);
      // Node limits the time of the first request.
      if (answer === undefined) continue;
      if (!answer.closed || answer !== quiet?.answer) {
        this.connections.set(socket, { answer, bytesRead: socket.bytesRead });
      } else if (quiet.since !== undefined) {
        if (now - quiet.since >= this.timeoutMs) socket.destroy();
      } else if (socket.bytesRead !== quiet.bytesRead) quiet.since = now;
    }
  }

  /**
   * Node disconnects a client that reads nothing of an answer. Incoming bytes would count as activity, so they are
   * not read.
   */
  private waitForReader(socket: Socket): void {
    if (socket.writableLength > 0) pauseReading(socket, 'answer-unread');
    else resumeReading(socket, 'answer-unread');
  }
}
