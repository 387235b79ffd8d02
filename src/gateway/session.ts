import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, WebSocket } from 'ws';

/** More than this unsent means that the client does not keep up. */
const MOST_UNSENT_BYTES = 1024 * 1024;
/** How long a closing handshake may take before the socket is destroyed, in milliseconds. */
const CLOSE_GRACE_MS = 1_000;

const CLOSE_SERVICE_RESTART = 1012;
const CLOSE_TRY_AGAIN_LATER = 1013;
const CLOSE_UNSUPPORTED_DATA = 1003;

/** One client of the live socket. */
export class Session {
  private readonly wire: Socket;
  private isAlive = true;

  constructor(
    private readonly client: WebSocket,
    request: IncomingMessage,
  ) {
    this.wire = request.socket;
    client.on('pong', () => (this.isAlive = true));
    client.on('message', (_: RawData, isBinary: boolean) => {
      if (isBinary) client.close(CLOSE_UNSUPPORTED_DATA, 'text frames alone');
    });
  }

  /**
   * Sends ready frames in one write. They go to the wire directly: `ws` would frame every message
   * for every client anew, and there is no compression whose order could be disturbed.
   */
  sendFrames(frames: Buffer): void {
    if (this.client.readyState !== WebSocket.OPEN) return;
    if (this.wire.writableLength > MOST_UNSENT_BYTES) {
      this.end(CLOSE_TRY_AGAIN_LATER, 'too slow');
      return;
    }
    this.wire.write(frames);
  }

  /** Asks whether the client is still there. */
  ping(): void {
    this.isAlive = false;
    if (this.client.readyState === WebSocket.OPEN) this.client.ping();
  }

  /** Drops a client that did not answer the ping. */
  dropUnlessAlive(): void {
    if (!this.isAlive) this.client.terminate();
  }

  /** Says that the service restarts; resolves when the socket is closed, or was destroyed after one second. */
  async endForRestart(): Promise<void> {
    if (this.client.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.client.once('close', resolve));
    this.end(CLOSE_SERVICE_RESTART, 'service restart');
    await closed;
  }

  private end(code: number, reason: string): void {
    this.client.close(code, reason);
    const grace = setTimeout(() => this.client.terminate(), CLOSE_GRACE_MS);
    this.client.once('close', () => clearTimeout(grace));
  }
}
