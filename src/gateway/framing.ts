import type { LiveEvent, LogPosition } from './live-event.js';

/** Framing of one kind of client. */
export interface Framing {
  /** For metrics: `websocket` or `sse`. */
  readonly transport: string;
  /** Frames a JSON text; `at` is the position in the log that the client reaches with it. */
  pieces(json: Buffer, at: LogPosition): Buffer[];
}

/** Frames several events as one piece. */
export function framed(framing: Framing, events: readonly LiveEvent[], logId: string): Buffer {
  return Buffer.concat(events.flatMap(({ json, seq }) => framing.pieces(json, { logId, seq })));
}
