import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LostDatabaseError } from './sqlite-file.errors.js';

/** What SQLite keeps beside a file. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];
/** What a restore makes beside the place, before it takes it. */
export const DRAFT = '.restoring';
/** With the time after it: what a restore has set aside. */
export const ASIDE = '.before-';

/** Whether there is no file, or one that holds nothing. */
export function isVacant(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || (found.isFile() && found.size === 0);
}

/**
 * A database that was lost is not made anew beside what is left of it: SQLite would delete the log, and the
 * service would start with nothing.
 *
 * @throws LostDatabaseError
 */
export function refuseLost(path: string): void {
  const left = isVacant(path) ? leftBeside(path) : [];
  if (left.length > 0) throw new LostDatabaseError(path, left);
}

function leftBeside(path: string): string[] {
  // A first start that was killed leaves an empty file with a journal that holds nothing.
  const wasBegun = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const ends = [DRAFT, ...(wasBegun ? ['-wal'] : COMPANIONS)];
  const name = basename(path);
  return namesIn(dirname(path))
    .filter((each) => ends.some((end) => each === name + end) || each.startsWith(name + ASIDE))
    .sort()
    .map((each) => join(dirname(path), each));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}
