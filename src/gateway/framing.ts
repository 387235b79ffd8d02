import type { LiveEvent, LogPosition } from './live-event.js';

/** How one kind of client wants its messages. */
export interface Framing {
  /** For metrics: `websocket` or `sse`. */
  readonly transport: string;
  /** The pieces that a JSON text becomes; `at` is the place in the log that it brings the client to. */
  pieces(json: Buffer, at: LogPosition): Buffer[];
}

/** Events as they are written to a client, in one piece. */
export function framed(framing: Framing, events: readonly LiveEvent[], logId: string): Buffer {
  return Buffer.concat(events.flatMap(({ json, seq }) => framing.pieces(json, { logId, seq })));
}
