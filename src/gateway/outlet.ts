import type { Framing } from './framing.js';
import type { LogPosition } from './live-event.js';

/** Why a session is ended from this side. */
export type Ending =
  | { readonly why: 'too_slow' | 'failed' }
  /** The client does well to wait that long before it connects again. */
  | { readonly why: 'restart'; readonly retryAfterMs: number };

/** The way to one client, whatever it is made of. */
export interface Outlet {
  readonly framing: Framing;
  /** How many bytes wait in this process for the client to read on. */
  readonly unsentBytes: number;
  write(bytes: Buffer): void;
  /** Resolves when nothing waits any more, or the client is gone. */
  drained(): Promise<void>;
  /** Asks the client whether it is there, as far as its kind can be asked; `at` is where it stands, if it has begun. */
  ask(at: LogPosition | undefined): void;
  /** Drops the client if it has not answered since it was asked. Tells whether it did. */
  dropUnlessAlive(): boolean;
  /** Says why, closes, and destroys what does not close within a second. Resolves when it is closed. */
  end(ending: Ending): Promise<void>;
}
