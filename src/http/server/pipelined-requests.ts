import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pauseReading, resumeReading } from './paused-reading.js';

/** Of one connection. What Node has read already comes on top, 64 KiB at most. */
const MOST_WAITING = 32;

/**
 * Requests that a client sends without waiting for its answers: each has its turn when those before it are
 * answered. A write is followed by what comes after it (RFC 9112, 9.3.2), and one answer is held for a
 * connection. Node's own bound counts the bytes of answers, of which there are none before the turn: here the
 * requests are counted, and no more are read while many wait.
 */
export class PipelinedRequests {
  private readonly waiting = new WeakMap<Duplex, number>();

  /** Calls `begin` when it is the response's turn; never if its connection closes before. */
  add(socket: Duplex, response: ServerResponse, begin: () => void): void {
    if (this.count(socket, 1) >= MOST_WAITING) pauseReading(socket, 'requests-wait');
    response.once('socket', () =>
      process.nextTick(() => {
        if (this.count(socket, -1) < MOST_WAITING) resumeReading(socket, 'requests-wait');
        begin();
      }),
    );
  }

  private count(socket: Duplex, more: number): number {
    const waiting = (this.waiting.get(socket) ?? 0) + more;
    this.waiting.set(socket, waiting);
    return waiting;
  }
}
