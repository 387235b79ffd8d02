import type { Framing } from './framing.js';
import type { LogPosition } from './live-event.js';

const END = Buffer.from('\n\n');

/** Each message is a block of server-sent events (WHATWG HTML, section 9.2); its id is where to go on. */
export const STREAM_FRAMING: Framing = {
  transport: 'sse',
  pieces: (json, at) => [Buffer.from(`id: ${positionText(at)}\ndata: `), json, END],
};

/** A block that moves the client's `Last-Event-ID`, and tells it nothing else. */
export function positionBlock(at: LogPosition): Buffer {
  return Buffer.from(`id: ${positionText(at)}\n\n`);
}

/** Tells the client how long to wait before it connects again. */
export function retryBlock(milliseconds: number): Buffer {
  return Buffer.from(`retry: ${milliseconds}\n\n`);
}

function positionText({ logId, seq }: LogPosition): string {
  return `${logId}:${seq}`;
}
