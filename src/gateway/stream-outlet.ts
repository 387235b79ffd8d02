import type { ServerResponse } from 'node:http';
import { drainedOrClosed } from './drained.js';
import type { LogPosition } from './live-event.js';
import type { Ending, Outlet } from './outlet.js';
import { positionBlock, retryBlock, STREAM_FRAMING } from './stream-framing.js';

/** Comment that keeps a connection alive; clients ignore it. */
const EMPTY_COMMENT = Buffer.from(':\n\n');
/** Timeout for draining a stream at its end, in milliseconds. */
const CLOSE_GRACE_MS = 1_000;

/** Output to a client of the event stream: an endless HTTP response. */
export class StreamOutlet implements Outlet {
  readonly framing = STREAM_FRAMING;
  /** Whether the client has read everything, or has read on, since the last check. */
  private isReading = true;

  constructor(private readonly response: ServerResponse) {}

  get unsentBytes(): number {
    return this.response.writableLength;
  }

  write(bytes: Buffer): void {
    if (!this.response.writableEnded) this.response.write(bytes);
  }

  async drained(): Promise<void> {
    await drainedOrClosed(this.response);
    this.isReading = true;
  }

  /** Streams have no pong: reading on counts as an answer. */
  ping(at: LogPosition | undefined): void {
    this.isReading = this.unsentBytes === 0;
    this.write(at ? positionBlock(at) : EMPTY_COMMENT);
  }

  dropUnlessAlive(): boolean {
    if (this.isReading || this.unsentBytes === 0) return false;
    this.response.destroy();
    return true;
  }

  async end(ending: Ending): Promise<void> {
    if (this.response.destroyed) return;
    const closed = new Promise((resolve) => this.response.once('close', resolve));
    const grace = setTimeout(() => this.response.destroy(), CLOSE_GRACE_MS);
    if (ending.why === 'restart') this.write(retryBlock(ending.retryAfterMs));
    this.response.end();
    await closed;
    clearTimeout(grace);
  }
}
