import type { ServerResponse } from 'node:http';
import type { Settings } from '../../config/settings.js';

const CHECK_SECONDS = 0.5;

/**
 * Debt of a client relative to the lowest speed: it grows while bytes are waiting for the client, and shrinks by what
 * it reads.
 */
export class ExportPace {
  private owedBytes = 0;

  constructor(
    private readonly bytesPerSecond: number,
    private readonly graceSeconds: number,
  ) {}

  /** Whether the debt has reached the bytes of the whole grace period. */
  isTooSlow(passed: { seconds: number; takenBytes: number; isWaiting: boolean }): boolean {
    const due = passed.isWaiting ? this.bytesPerSecond * passed.seconds : 0;
    // Bytes read faster before do not compensate.
    this.owedBytes = Math.max(0, this.owedBytes + due - passed.takenBytes);
    return this.owedBytes >= this.bytesPerSecond * this.graceSeconds;
  }
}

/** Destroys a response whose client reads too slowly. A client that waits for the service has no debt. */
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
    // A reset: otherwise the system would keep its send buffer, some megabytes, as long as the client likes.
    if (pace.isTooSlow(passed)) response.socket?.resetAndDestroy();
  }, CHECK_SECONDS * 1_000).unref();
  response.once('close', () => clearInterval(timer));
}

/** Bytes that the client, or the system on its behalf, has accepted. */
function takenBytes({ socket }: ServerResponse): number {
  return socket ? socket.bytesWritten - socket.writableLength : 0;
}
