import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Resolves links, also of a file that does not exist yet: SQLite will create the file and its WAL at the target.
 * Returns a path that cannot be resolved unchanged.
 */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') return path;
  }
  const link = targetOf(path);
  if (link !== undefined) return realPath(resolve(realPath(dirname(path)), link));
  return join(realPath(dirname(path)), basename(path));
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // Not a link, or does not exist.
    return undefined;
  }
}
