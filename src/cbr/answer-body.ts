import type { Readable } from 'node:stream';
import { CbrError } from './cbr.errors.js';

/** A sheet has about 10 kB, the longest known answer half a megabyte. */
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Reads the whole body, decompressed. Bytes are counted while they arrive, so reading stops at the limit, also
 * when only the decompressed answer exceeds it.
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
