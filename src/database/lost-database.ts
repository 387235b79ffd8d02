import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LostDatabaseError } from './sqlite-file.errors.js';

/** Files that SQLite keeps beside a database. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];
/** Suffix of the draft that a restore makes beside the database. */
export const DRAFT = '.restoring';
/** Suffix, followed by a time, of files that a restore has set aside. */
export const ASIDE = '.before-';

/** Whether the file does not exist or is empty. */
export function isVacant(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || (found.isFile() && found.size === 0);
}

/**
 * Rejects to create a database beside the remains of a lost one: SQLite would delete the WAL, and the service would
 * start with no data.
 *
 * @throws LostDatabaseError
 */
export function rejectLost(path: string): void {
  const left = isVacant(path) ? leftBeside(path) : [];
  if (left.length > 0) throw new LostDatabaseError(path, left);
}

function leftBeside(path: string): string[] {
  // A first start that was killed leaves an empty file and a journal without content.
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
