import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { closeSocket } from './close-socket.js';
import type { Ending, Outlet } from './outlet.js';
import { drainedOrClosed } from './drained.js';
import { SOCKET_FRAMING } from './socket-framing.js';

/** An empty unmasked ping of a server (RFC 6455, section 5.5.2). */
const PING = Buffer.from([0x89, 0]);
/** The close codes of RFC 6455, section 7.4.1, and of IANA's registry. */
const CLOSE_CODES: Readonly<Record<Ending['why'], number>> = {
  failed: 1011,
  restart: 1012,
  too_slow: 1013,
};

/** Output to a WebSocket client. */
export class SocketOutlet implements Outlet {
  readonly framing = SOCKET_FRAMING;
  private isAlive = true;

  /** @param wire the TCP connection of the socket */
  constructor(
    private readonly client: WebSocket,
    private readonly wire: Socket,
  ) {}

  get unsentBytes(): number {
    return this.wire.writableLength;
  }

  /**
   * Writes prepared frames directly to the TCP connection: `ws` would frame each message again for each client.
   * Safe, as there is no compression whose order matters.
   */
  write(bytes: Buffer): void {
    if (this.client.readyState === WebSocket.OPEN) this.wire.write(bytes);
  }

  drained(): Promise<void> {
    return drainedOrClosed(this.wire);
  }

  ping(): void {
    this.isAlive = false;
    this.write(PING);
  }

  /** Pong received. */
  answered(): void {
    this.isAlive = true;
  }

  dropUnlessAlive(): boolean {
    if (this.isAlive) return false;
    this.client.terminate();
    return true;
  }

  end(ending: Ending): Promise<void> {
    return closeSocket(this.client, CLOSE_CODES[ending.why], reasonOf(ending));
  }
}

function reasonOf(ending: Ending): string {
  if (ending.why !== 'restart') return ending.why.replaceAll('_', ' ');
  return JSON.stringify({ retry_after_ms: ending.retryAfterMs });
}
