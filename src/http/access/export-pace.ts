import type { ServerResponse } from 'node:http';
import type { Settings } from '../../config/settings.js';

const CHECK_SECONDS = 0.5;

/** What a reader owes to a pace: it grows while bytes wait for him, and shrinks by what he takes. */
export class ExportPace {
  private owedBytes = 0;

  constructor(
    private readonly bytesPerSecond: number,
    private readonly graceSeconds: number,
  ) {}

  /** Whether the reader is behind by all that he should have taken in the time of grace. */
  isTooSlow(passed: { seconds: number; takenBytes: number; isWaiting: boolean }): boolean {
    const due = passed.isWaiting ? this.bytesPerSecond * passed.seconds : 0;
    // What was taken quickly before is no excuse.
    this.owedBytes = Math.max(0, this.owedBytes + due - passed.takenBytes);
    return this.owedBytes >= this.bytesPerSecond * this.graceSeconds;
  }
}

/** Destroys a response whose reader takes it too slowly; who waits for the service owes nothing. */
export function cutOffSlowReader(
  response: ServerResponse,
  { EXPORT_BYTES_PER_SECOND, REQUEST_TIMEOUT_SECONDS }: Settings,
): void {
  if (EXPORT_BYTES_PER_SECOND === 0) return;
  const pace = new ExportPace(EXPORT_BYTES_PER_SECOND, 2 * REQUEST_TIMEOUT_SECONDS);
  let before = takenBytes(response);
  const timer = setInterval(() => {
    const now = takenBytes(response);
    const isWaiting = (response.socket?.writableLength ?? 0) > 0;
    const passed = { seconds: CHECK_SECONDS, takenBytes: now - before, isWaiting };
    before = now;
    // A reset: the system would keep what it has taken, some megabytes, for as long as the reader likes.
    if (pace.isTooSlow(passed)) response.socket?.resetAndDestroy();
  }, CHECK_SECONDS * 1_000).unref();
  response.once('close', () => clearInterval(timer));
}

/** What the connection's client, or the system for it, has taken. */
function takenBytes({ socket }: ServerResponse): number {
  return socket ? socket.bytesWritten - socket.writableLength : 0;
}
