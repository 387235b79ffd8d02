import type { Duplex } from 'node:stream';
import type { ServerAdapter } from './server-adapter.js';

/**
 * Unfinished responses of each connection. A client may send the next request before it has the response (RFC 9112,
 * section 9.3.2). Node keeps pipelined responses in order, but not with an upgrade request, which it emits at once,
 * with the socket that the others still use.
 */
export class EarlierAnswers {
  constructor(private readonly adapter: ServerAdapter) {}

  /**
   * Resolves when the connection has sent all of them, or is closed. Until then the events of the socket are
   * handled here, as Node no longer does it: room for more of a long answer, and a client that does not read.
   */
  async ended(socket: Duplex): Promise<void> {
    const last = this.adapter.lastAnswerOn(socket);
    if (last === undefined || last.closed || socket.destroyed) return;
    const forwardDrain = () => this.adapter.carriedBy(socket)?.emit('drain');
    const disconnectIdle = () => this.adapter.disconnectIdle(socket);
    socket.on('drain', forwardDrain).on('timeout', disconnectIdle);
    let done = (): void => undefined;
    await new Promise<void>((resolve) => {
      done = resolve;
      last.once('close', done);
      socket.once('close', done);
    });
    // The next upgrade request on this connection waits here as well.
    last.off('close', done);
    socket.off('close', done);
    socket.off('drain', forwardDrain).off('timeout', disconnectIdle);
  }
}
