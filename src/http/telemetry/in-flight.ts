import type { Server, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';

const LOOK_MS = 20;
const ENDLESS = new WeakSet<ServerResponse>();

/** Marks a response without an end of its own: its writer ends it, and a shutdown does not wait for it. */
export function markEndless(response: ServerResponse): void {
  ENDLESS.add(response);
}

export function isEndless(response: ServerResponse): boolean {
  return ENDLESS.has(response);
}

/** In-flight requests: for their number, and for a graceful shutdown. */
@Injectable()
export class InFlight {
  private readonly responses = new Set<ServerResponse>();
  private isClosing = false;

  /** Call before the request is handled. */
  begin(response: ServerResponse): void {
    this.responses.add(response);
    if (this.isClosing) response.setHeader('Connection', 'close');
  }

  /** Call when the response is closed. */
  end(response: ServerResponse): void {
    this.responses.delete(response);
  }

  /** In-flight responses that will end by themselves. */
  get ending(): ServerResponse[] {
    return [...this.responses].filter((response) => !isEndless(response));
  }

  /** Closes every connection with its next answer, so that the client's next request goes to another instance. */
  disableKeepAlive(): void {
    this.isClosing = true;
  }

  /**
   * Stops accepting connections, and resolves when all requests are answered and their connections closed. Clients
   * that have not read their answer after `graceMs` are disconnected. Upgraded sockets and endless responses stay.
   */
  async drain(server: Server, graceMs: number): Promise<void> {
    this.disableKeepAlive();
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
