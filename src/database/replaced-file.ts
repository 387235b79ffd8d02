import { rmSync } from 'node:fs';
import { FileInUseError } from './sqlite-file.errors.js';
import { FileLock } from './file-lock.js';
import { moveIntoPlace } from './synced-files.js';

/**
 * Replaces a file atomically. `write` creates the new file under a temporary name, and throws to discard it. The old
 * file stays until then.
 *
 * @throws FileInUseError if another process is writing the same file, or what `write` throws
 */
export async function replaceFile<Result>(
  place: string,
  write: (partial: string) => Result | Promise<Result>,
): Promise<Result> {
  const partial = `${place}.partial`;
  // A partial file alone proves nothing: a killed process leaves one.
  const lock = FileLock.acquire(`${partial}-lock`, 'exclusive');
  if (lock === undefined) throw new FileInUseError(place);
  const remove = () => ['', '-journal'].forEach((end) => rmSync(partial + end, { force: true }));
  try {
    remove();
    const result = await write(partial);
    moveIntoPlace(partial, place);
    return result;
  } finally {
    remove();
    lock.releaseWithoutTrace();
  }
}
