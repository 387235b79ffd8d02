import type { ServerResponse } from 'node:http';
import { drainedOrClosed } from './drained.js';
import type { LogPosition } from './live-event.js';
import type { Ending, Outlet } from './outlet.js';
import { positionBlock, retryBlock, STREAM_FRAMING } from './stream-framing.js';

/** Keeps a connection busy, and is passed over by clients. */
const EMPTY_COMMENT = Buffer.from(':\n\n');
/** How long the rest of a stream may take to be read before it is cut off, in milliseconds. */
const CLOSE_GRACE_MS = 1_000;

/** The way to a client of the event stream: an HTTP response without an end. */
export class StreamOutlet implements Outlet {
  readonly framing = STREAM_FRAMING;
  /** It had read everything when it was last asked, or has read on since. */
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

  /** A client cannot answer here: that it reads on must do. */
  ask(at: LogPosition | undefined): void {
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
