import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { asDatabaseError, isBusy, LivePlaceError } from './database.errors.js';
import { FailedRestoreError } from './sqlite-file.errors.js';
import { DatabaseLock, lockOf } from './database-lock.js';
import { ownerAmong } from './file-owner.js';
import { ASIDE, COMPANIONS, DRAFT, isVacant } from './lost-database.js';
import { type RestoreFiles, restoreFiles } from './restore-files.js';
import { isSameFile } from './same-file.js';
import { Sqlite } from './sqlite.js';

/** What is set aside together, the database first: without it, a start refuses what is left of it. */
const SET = ['', ...COMPANIONS];

type Move = [from: string, to: string];

/**
 * Puts a backup in the place of a SQLite database: first beside it, as a draft that can be made ready, then,
 * by renames, into its place. Nobody else is there until the end. Wherever it is interrupted, the place has
 * the old database, the new one, or none, with the old one beside it, where every start says so.
 */
export class SqliteRestore {
  private constructor(
    private readonly path: string,
    private readonly lock: DatabaseLock,
    private readonly files: RestoreFiles,
  ) {}

  /**
   * Copies the backup to a draft, with what its log beside it may hold.
   *
   * @throws DatabaseInUseError when a service or a command uses the place, DatabaseBusyError when another program
   *   does, LivePlaceError when the backup is the database or the draft
   */
  static begin(path: string, backup: string, files: RestoreFiles = restoreFiles): SqliteRestore {
    if (isSameFile(backup, path)) throw LivePlaceError.itself(backup);
    if (isSameFile(backup, path + DRAFT)) throw LivePlaceError.draft(backup);
    mkdirSync(dirname(path), { recursive: true });
    const restore = new SqliteRestore(path, DatabaseLock.ofRestore(path), files);
    try {
      restore.removeDraft();
      // Else the file and what lies beside it are set aside as they are: a log may be another's.
      if (isWhole(path)) foldLog(path);
      files.copy(backup, restore.draft);
    } catch (thrown) {
      restore.end();
      throw asDatabaseError(thrown);
    }
    return restore;
  }

  /** The database that will take the place. */
  get draft(): string {
    return this.path + DRAFT;
  }

  /**
   * Gives the draft the place, and returns the names that what was there has now.
   *
   * @param logId of the draft's event log
   * @throws FailedRestoreError, or what the system says; then what was there is there again
   */
  finish(now: Date, logId: string): string[] {
    const { path, draft, files } = this;
    foldLog(draft);
    this.keepOwner();
    const aside = freeName(path, now);
    const moves: Move[] = [];
    const move = (from: string, to: string) => {
      files.rename(from, to);
      moves.unshift([from, to]);
    };
    try {
      for (const end of SET) {
        if (existsSync(path + end)) move(path + end, aside + end);
      }
      const kept = moves.map(([, to]) => to).reverse();
      // The order of two renames is certain only when the first is on the disk.
      files.syncToDisk(dirname(path));
      files.syncToDisk(draft);
      move(draft, path);
      files.syncToDisk(dirname(path));
      this.checkInPlace(logId);
      return kept;
    } catch (thrown) {
      this.undo(moves, thrown);
      throw FailedRestoreError.undone(path, thrown);
    }
  }

  /** Lets others use the place again; a draft that was not finished is gone. */
  end(): void {
    this.removeDraft();
    this.lock.release();
  }

  private keepOwner(): void {
    const owner = ownerAmong(SET.map((end) => this.path + end));
    try {
      if (owner) this.files.giveTo(this.draft, owner);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      throw code === 'EPERM' ? FailedRestoreError.ofAnother(this.path, thrown) : thrown;
    }
  }

  private checkInPlace(logId: string): void {
    const { complaints, pending, log_id } = this.files.check(this.path);
    if (log_id !== logId) complaints.push(`its log is ${log_id}, not ${logId}`);
    if (pending.length > 0) complaints.push(`it lacks ${pending.join(', ')}`);
    if (complaints.length > 0) throw FailedRestoreError.inPlace(complaints);
  }

  /** The newest move first, the old database last. */
  private undo(moves: readonly Move[], because: unknown): void {
    try {
      for (const [from, to] of moves) this.files.rename(to, from);
      this.files.syncToDisk(dirname(this.path));
    } catch (thrown) {
      const kept = moves.map(([, to]) => to);
      throw FailedRestoreError.notUndone(because, thrown, kept);
    }
  }

  private removeDraft(): void {
    for (const end of [...SET, lockOf('')]) this.files.remove(this.draft + end);
  }
}

/** `kurs.db.before-20261125T192900Z`, or with a number where a restore took the name in the same second. */
function freeName(path: string, now: Date): string {
  const name = `${path}${ASIDE}${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const isTaken = (aside: string) => SET.some((end) => existsSync(aside + end));
  let [free, number] = [name, 2];
  for (; isTaken(free); number += 1) free = `${name}-${number}`;
  return free;
}

/** Whether a database and the log beside it are one: read without changing either. */
function isWhole(path: string): boolean {
  if (isVacant(path) || !statSync(path).isFile()) return false;
  try {
    const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      return database.pragma('integrity_check', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch (thrown) {
    if (isBusy(thrown)) throw thrown;
    // It is set aside as it is; what is wrong with it is no concern of the restore's.
    return false;
  }
}

/**
 * Brings everything into the one file. SQLite leaves its write-ahead log only when nobody else has the
 * database open: a program that does not know our lock is found here.
 */
function foldLog(path: string): void {
  const database = new Sqlite(path, { timeout: 0, fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}
