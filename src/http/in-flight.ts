import type { Server, ServerResponse } from 'node:http';

const LOOK_MS = 20;
const ENDLESS = new WeakSet<ServerResponse>();

/** Says that the response has no end of its own: nobody waits for it, whoever writes it ends it. */
export function markEndless(response: ServerResponse): void {
  ENDLESS.add(response);
}

export function isEndless(response: ServerResponse): boolean {
  return ENDLESS.has(response);
}

/** Knows the requests that are being answered, so that a stopping server can wait for them. */
export class InFlight {
  private readonly responses = new Set<ServerResponse>();
  private isClosing = false;

  constructor(private readonly server: Server) {}

  follow(response: ServerResponse): void {
    this.responses.add(response);
    if (this.isClosing) response.setHeader('Connection', 'close');
    response.once('close', () => this.responses.delete(response));
  }

  /** Every connection ends with the answer that it carries next: the client's next request goes elsewhere. */
  sayGoodbye(): void {
    this.isClosing = true;
  }

  /**
   * Accepts no new connections and resolves when every request is answered, and its connection
   * closed. Whoever has not read his answer after `graceMs` is cut off. Sockets that were upgraded
   * stay, and so do responses without an end.
   */
  async drain(graceMs: number): Promise<void> {
    this.sayGoodbye();
    this.server.close();
    const deadline = performance.now() + graceMs;
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        this.server.closeIdleConnections();
        const left = [...this.responses].filter((response) => !isEndless(response));
        if (left.length > 0 && performance.now() < deadline) return;
        clearInterval(look);
        for (const response of left) response.destroy();
        resolve();
      }, LOOK_MS);
    });
  }
}
