import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BackupReport, checkBackup } from './backup-check.js';
import { asFileError, LivePlaceError, NoDatabaseError } from './database.errors.js';
import { FileExistsError, NoRoomError, UnusableCopyError } from './sqlite-file.errors.js';
import { DatabaseLock, lockOf } from './database-lock.js';
import { COMPANIONS, isVacant, refuseLost } from './lost-database.js';
import { replaceFile } from './replaced-file.js';
import { isSameFile } from './same-file.js';
import { Sqlite } from './sqlite.js';

/**
 * Backs a SQLite database up while services and commands use it. The copy gets its name when it has been read
 * from end to end; what had the name before is kept until then.
 *
 * @throws FileExistsError unless `force`, NoDatabaseError, LivePlaceError, FileInUseError, UnusableCopyError,
 *   or what SQLite says
 */
export async function backUp(
  source: string,
  target: string,
  { force }: { force: boolean },
): Promise<BackupReport> {
  const refuseExisting = () => {
    if (!force && existsSync(target)) throw new FileExistsError(target);
  };
  refuseExisting();
  refuseLost(source);
  if (isVacant(source)) throw new NoDatabaseError(source);
  if (isSameFile(source, target)) throw LivePlaceError.itself(target);
  // A log that stays would be replayed over whatever takes the place.
  const beside = [...COMPANIONS.map((end) => target + end), lockOf(target)].find(existsSync);
  if (beside !== undefined) throw LivePlaceError.another(target, beside);
  mkdirSync(dirname(target), { recursive: true });
  const lock = DatabaseLock.ofCommand(source);
  try {
    return await replaceFile(target, (partial) => {
      // By another backup, just now.
      refuseExisting();
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
 * Copies a SQLite database as it stands to a file that is not there yet: one read transaction, which keeps no
 * writer waiting. SQLite's page by page backup would begin anew with every commit of another process.
 * The copy is one file, without a log beside it.
 *
 * @throws NoRoomError, or what SQLite says
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
