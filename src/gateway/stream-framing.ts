import type { Framing } from './framing.js';
import type { LogPosition } from './live-event.js';

const END = Buffer.from('\n\n');

/** Frames each message as a block of server-sent events (WHATWG HTML, section 9.2); its id is the resume position. */
export const STREAM_FRAMING: Framing = {
  transport: 'sse',
  pieces: (json, at) => [Buffer.from(`id: ${positionText(at)}\ndata: `), json, END],
};

/** Block that only updates the client's `Last-Event-ID`. */
export function positionBlock(at: LogPosition): Buffer {
  return Buffer.from(`id: ${positionText(at)}\n\n`);
}

/** Sets the client's reconnect delay. */
export function retryBlock(milliseconds: number): Buffer {
  return Buffer.from(`retry: ${milliseconds}\n\n`);
}

function positionText({ logId, seq }: LogPosition): string {
  return `${logId}:${seq}`;
}
