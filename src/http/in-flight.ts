import type { Server, ServerResponse } from 'node:http';

const LOOK_MS = 20;

/** Counts the requests that are being answered, so that a stopping server can wait for them. */
export class InFlight {
  private requests = 0;
  private isClosing = false;

  constructor(private readonly server: Server) {
    server.prependListener('request', (_, response: ServerResponse) => {
      this.requests += 1;
      if (this.isClosing) response.setHeader('Connection', 'close');
      response.once('close', () => (this.requests -= 1));
    });
  }

  /** Every connection ends with the answer that it carries next: the client's next request goes elsewhere. */
  sayGoodbye(): void {
    this.isClosing = true;
  }

  /**
   * Accepts no new connections and resolves when every request is answered, and its connection
   * closed. Whoever has not read his answer after `graceMs` is cut off. Sockets that were upgraded stay.
   */
  async drain(graceMs: number): Promise<void> {
    this.sayGoodbye();
    this.server.close();
    const deadline = performance.now() + graceMs;
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        this.server.closeIdleConnections();
        if (this.requests > 0 && performance.now() < deadline) return;
        clearInterval(look);
        this.server.closeAllConnections();
        resolve();
      }, LOOK_MS);
    });
  }
}
