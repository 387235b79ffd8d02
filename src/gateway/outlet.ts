import type { Framing } from './framing.js';
import type { LogPosition } from './live-event.js';

/** Why the service closes a session. */
export type Ending =
  | { readonly why: 'too_slow' | 'failed' }
  /** Suggested reconnect delay. */
  | { readonly why: 'restart'; readonly retryAfterMs: number };

/** Output to one client, socket or stream. */
export interface Outlet {
  readonly framing: Framing;
  /** Bytes in the send buffer. */
  readonly unsentBytes: number;
  write(bytes: Buffer): void;
  /** Resolves when the send buffer is empty or the client disconnected. */
  drained(): Promise<void>;
  /** Pings the client; `at` is its position, if it has begun. */
  ping(at: LogPosition | undefined): void;
  /** Drops the client if it has not answered the ping. Returns whether it was dropped. */
  dropUnlessAlive(): boolean;
  /** Sends the reason and closes; destroys the connection after a second. Resolves when it is closed. */
  end(ending: Ending): Promise<void>;
}
