import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BackupReport, checkBackup } from './backup-check.js';
import { asFileError, LivePlaceError, NoDatabaseError } from './database.errors.js';
import { FileExistsError, NoRoomError, UnusableCopyError } from './sqlite-file.errors.js';
import { DatabaseLock, lockOf } from './database-lock.js';
import { createFolder } from './folder.js';
import { COMPANIONS, isVacant, rejectLost } from './lost-database.js';
import { replaceFile } from './replaced-file.js';
import { isSameFile } from './same-file.js';
import { Sqlite } from './sqlite.js';

/**
 * Backs up a SQLite database while services and commands use it. The copy replaces an earlier file only after it has
 * been checked completely.
 *
 * @throws FileExistsError unless `force`, NoDatabaseError, LivePlaceError, FileInUseError, UnusableCopyError, or
 *   SQLite's error
 */
export async function backUp(
  source: string,
  target: string,
  { force }: { force: boolean },
): Promise<BackupReport> {
  const rejectExisting = () => {
    if (!force && existsSync(target)) throw new FileExistsError(target);
  };
  rejectExisting();
  rejectLost(source);
  if (isVacant(source)) throw new NoDatabaseError(source);
  if (isSameFile(source, target)) throw LivePlaceError.itself(target);
  // A WAL left there would be replayed over the new file.
  const beside = [...COMPANIONS.map((end) => target + end), lockOf(target)].find(existsSync);
  if (beside !== undefined) throw LivePlaceError.another(target, beside);
  createFolder(dirname(target));
  const lock = DatabaseLock.ofCommand(source);
  try {
    return await replaceFile(target, (partial) => {
      // Another backup may have created it just now.
      rejectExisting();
      copyDatabase(source, partial);
      const report = checkBackup(partial);
      if (report.complaints.length > 0) throw new UnusableCopyError(report.complaints);
      return report;
    });
  } finally {
    lock.release();
  }
}

/**
 * Copies a SQLite database to a new file, in one read transaction that blocks no writer. SQLite's page-by-page backup
 * would restart with every commit of another process. The copy is a single file without a WAL.
 *
 * @throws NoRoomError, or SQLite's error
 */
export function copyDatabase(source: string, copy: string): void {
  try {
    const database = new Sqlite(source, { readonly: true, fileMustExist: true });
    try {
      database.prepare('VACUUM INTO ?').run(copy);
    } finally {
      database.close();
    }
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'SQLITE_FULL') {
      throw new NoRoomError(copy, { cause: thrown });
    }
    throw asFileError(thrown, source);
  }
}
