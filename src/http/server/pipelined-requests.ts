import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pauseReading, resumeReading } from './paused-reading.js';

/** Per connection. Node may have read up to 64 KiB more. */
const MOST_WAITING = 32;

/**
 * Queue of pipelined requests: each starts when the requests before it are answered. A request after a write sees its
 * effect (RFC 9112, 9.3.2), and each connection holds one answer. Node's own limit counts bytes of answers, which do
 * not exist yet. This one counts requests, and stops reading while too many wait.
 */
export class PipelinedRequests {
  private readonly waiting = new WeakMap<Duplex, number>();

  /** Calls `begin` when it is the response's turn; never if the connection closes before. */
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
