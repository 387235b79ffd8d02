import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { asFileError, LivePlaceError, NoDatabaseError } from './database.errors.js';
import { isSameFile } from './same-file.js';
import { moveIntoPlace } from './synced-files.js';
import { Sqlite } from './sqlite.js';

/** What lies beside a database that is in use. A log that stays would be replayed over whatever takes the place. */
const COMPANIONS = ['-wal', '-shm', '.service-lock'];

/**
 * Copies a SQLite database as it stands, while services and commands use it: one read transaction, which
 * keeps no writer waiting. SQLite's page by page backup would begin anew with every commit of another process.
 * The copy is one file, without a log beside it; what `target` was before is replaced when it is whole.
 *
 * @throws NoDatabaseError, LivePlaceError, or what SQLite says
 */
export function copyDatabase(source: string, target: string): void {
  if (!existsSync(source)) throw new NoDatabaseError(source);
  if (isSameFile(source, target)) throw LivePlaceError.itself(target);
  const companion = COMPANIONS.map((end) => target + end).find((path) => existsSync(path));
  if (companion !== undefined) throw LivePlaceError.another(target, companion);
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.partial`;
  rmSync(draft, { force: true });
  try {
    const database = new Sqlite(source, { readonly: true, fileMustExist: true });
    try {
      database.prepare('VACUUM INTO ?').run(draft);
    } finally {
      database.close();
    }
    moveIntoPlace(draft, target);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw asFileError(thrown, source);
  }
}
