import type { Readable } from 'node:stream';
import { CbrError } from './cbr.errors.js';

/** A sheet has about 10 kB, the longest answer known half a megabyte. */
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * The whole body, unpacked where it was compressed. It is counted as it comes: an answer that is too
 * long, or grows so when it is unpacked, is left where it exceeds.
 *
 * @throws CbrError `cbr.too_large`, or what breaks the stream
 */
export async function readWhole(body: Readable, deadline: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => body.destroy(new Error('aborted'));
  deadline.addEventListener('abort', stop);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_ANSWER_BYTES) {
        const message = `The answer is longer than ${LARGEST_ANSWER_BYTES} bytes`;
        throw new CbrError('too_large', message);
      }
      chunks.push(chunk);
    }
  } finally {
    deadline.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks);
}
