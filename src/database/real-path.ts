import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * The name that links lead to, also of a file that does not exist yet: SQLite will make it there, with its
 * log beside it, whatever the link is called. A path that cannot be followed is returned as it is.
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
    // Not a link, or nothing at all.
    return undefined;
  }
}
