import type { Server, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';

const LOOK_MS = 20;
const ENDLESS = new WeakSet<ServerResponse>();

/** Says that the response has no end of its own: nobody waits for it, whoever writes it ends it. */
export function markEndless(response: ServerResponse): void {
  ENDLESS.add(response);
}

export function isEndless(response: ServerResponse): boolean {
  return ENDLESS.has(response);
}

/** Knows the requests that are being answered, so that they can be counted, and a stopping server can wait for them. */
@Injectable()
export class InFlight {
  private readonly responses = new Set<ServerResponse>();
  private isClosing = false;

  /** Before anybody answers the request. */
  follow(response: ServerResponse): void {
    this.responses.add(response);
    if (this.isClosing) response.setHeader('Connection', 'close');
    response.once('close', () => this.responses.delete(response));
  }

  /** Those that will have an end. */
  get ending(): ServerResponse[] {
    return [...this.responses].filter((response) => !isEndless(response));
  }

  /** Every connection ends with the answer that it carries next: the client's next request goes elsewhere. */
  sayGoodbye(): void {
    this.isClosing = true;
  }

  /**
   * Lets `server` accept no new connections and resolves when every request is answered, and its connection
   * closed. Whoever has not read his answer after `graceMs` is cut off. Sockets that were upgraded
   * stay, and so do responses without an end.
   */
  async drain(server: Server, graceMs: number): Promise<void> {
    this.sayGoodbye();
    server.close();
    const deadline = performance.now() + graceMs;
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        server.closeIdleConnections();
        const left = this.ending;
        if (left.length > 0 && performance.now() < deadline) return;
        clearInterval(look);
        for (const response of left) response.destroy();
        resolve();
      }, LOOK_MS);
    });
  }
}
