import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { replaceFile } from '../database/replaced-file.js';

/**
 * Writes a stream to the standard output, or to a file that gets its name when it is complete. Returns
 * false when the reader of the output closed it early (`| head`), which is no failure.
 */
export async function writeOut(
  text: Readable,
  file: string | undefined,
  stop: AbortSignal,
): Promise<boolean> {
  if (file === undefined) {
    try {
      await pipeline(text, process.stdout, { end: false, signal: stop });
      return true;
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code === 'EPIPE') return false;
      throw thrown;
    }
  }
  await replaceFile(file, (partial) =>
    pipeline(text, createWriteStream(partial), { signal: stop }),
  );
  return true;
}
