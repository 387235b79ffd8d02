import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * What is still being answered on each connection. A client need not wait for one answer before it sends
 * the next request (RFC 9112, section 9.3.2). Node keeps those answers in order, but not with the answer
 * to an offer of an upgrade: that request is handed out at once, with the socket that the others still use.
 */
export class EarlierAnswers {
  private readonly last = new WeakMap<Duplex, ServerResponse>();

  constructor(server: Server) {
    server.prependListener('request', ({ socket }, response) => this.last.set(socket, response));
  }

  /** Resolves when the connection has brought them all, or is gone. */
  async ended(socket: Duplex): Promise<void> {
    const last = this.last.get(socket);
    if (last === undefined || last.closed || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      last.once('close', resolve);
      socket.once('close', resolve);
    });
  }
}
