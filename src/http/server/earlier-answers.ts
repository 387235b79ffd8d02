import type { Duplex } from 'node:stream';
import type { ServerAdapter } from './server-adapter.js';

/** What Node tells the answer that a connection carries. */
const OF_CONNECTION = ['drain', 'timeout'] as const;

/**
 * What is still being answered on each connection. A client need not wait for one answer before it sends
 * the next request (RFC 9112, section 9.3.2). Node keeps those answers in order, but not with the answer
 * to an offer of an upgrade: that request is handed out at once, with the socket that the others still use.
 */
export class EarlierAnswers {
  constructor(private readonly adapter: ServerAdapter) {}

  /**
   * Resolves when the connection has brought them all, or is gone. Until then they hear of it from here, and
   * no longer from Node: that there is room for more of a long one, and that nobody takes any of it.
   */
  async ended(socket: Duplex): Promise<void> {
    const last = this.adapter.lastAnswerOn(socket);
    if (last === undefined || last.closed || socket.destroyed) return;
    const tellers = OF_CONNECTION.map((event) => {
      const tell = () => this.adapter.carriedBy(socket)?.emit(event, socket);
      socket.on(event, tell);
      return () => socket.off(event, tell);
    });
    let done = (): void => undefined;
    await new Promise<void>((resolve) => {
      done = resolve;
      last.once('close', done);
      socket.once('close', done);
    });
    // What comes next on this connection waits here as well.
    last.off('close', done);
    socket.off('close', done);
    for (const end of tellers) end();
  }
}
