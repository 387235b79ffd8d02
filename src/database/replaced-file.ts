import { rmSync } from 'node:fs';
import { FileInUseError } from './sqlite-file.errors.js';
import { FileLock } from './file-lock.js';
import { moveIntoPlace } from './synced-files.js';

/**
 * Writes a file that gets its name when it is whole, in place of the one that has it: `write` makes it under
 * the name that it is given, and throws where it shall not be kept. What is there before stays until then.
 *
 * @throws FileInUseError when another process is writing the same one, or what `write` throws
 */
export async function replaceFile<Result>(
  place: string,
  write: (partial: string) => Result | Promise<Result>,
): Promise<Result> {
  const partial = `${place}.partial`;
  // The presence of a partial file tells nothing: a killed process leaves one.
  const lock = FileLock.take(`${partial}-lock`, 'exclusive');
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
