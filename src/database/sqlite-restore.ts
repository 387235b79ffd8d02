import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { asDatabaseError, isBusy, LivePlaceError } from './database.errors.js';
import { FailedRestoreError } from './sqlite-file.errors.js';
import { DatabaseLock, lockOf } from './database-lock.js';
import { ownerAmong } from './file-owner.js';
import { createFolder } from './folder.js';
import { ASIDE, COMPANIONS, DRAFT, isVacant } from './lost-database.js';
import { type RestoreFiles, restoreFiles } from './restore-files.js';
import { isSameFile } from './same-file.js';
import { Sqlite } from './sqlite.js';

/** Files set aside together. The database goes first: a start rejects the rest without it. */
const SET = ['', ...COMPANIONS];

type Move = [from: string, to: string];

/**
 * Restores a SQLite database: copies the backup to a draft beside it, which can be prepared, then renames it into
 * place, under an exclusive lock throughout. After an interruption at any step, the path has the old database, the
 * new one, or none. In the last case the old one is beside it, and every start reports it.
 */
export class SqliteRestore {
  private constructor(
    private readonly path: string,
    private readonly lock: DatabaseLock,
    private readonly files: RestoreFiles,
  ) {}

  /**
   * Copies the backup, with its WAL, to a draft.
   *
   * @throws DatabaseInUseError if a service or a command uses the database, DatabaseBusyError if another program
   *   does, LivePlaceError if the backup is the database or the draft
   */
  static begin(path: string, backup: string, files: RestoreFiles = restoreFiles): SqliteRestore {
    if (isSameFile(backup, path)) throw LivePlaceError.itself(backup);
    if (isSameFile(backup, path + DRAFT)) throw LivePlaceError.draft(backup);
    createFolder(dirname(path));
    const restore = new SqliteRestore(path, DatabaseLock.ofRestore(path), files);
    try {
      restore.removeDraft();
      // Otherwise the file and its companions are set aside unchanged: the WAL may belong to another file.
      if (isWhole(path)) checkpointWal(path);
      files.copy(backup, restore.draft);
    } catch (thrown) {
      restore.end();
      throw asDatabaseError(thrown);
    }
    return restore;
  }

  /** Path of the database that will be moved into place. */
  get draft(): string {
    return this.path + DRAFT;
  }

  /**
   * Moves the draft into place, and returns the paths of the files set aside.
   *
   * @param logId `log_id` of the draft
   * @throws FailedRestoreError, or the system's error; the old files are then back in place
   */
  finish(now: Date, logId: string): string[] {
    const { path, draft, files } = this;
    checkpointWal(draft);
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
      // The order of two renames is guaranteed only if the first is synced.
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

  /** Releases the lock, and removes an unfinished draft. */
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

  /** Undoes the newest move first; the old database comes back last. */
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

/** `kurs.db.before-20261125T192900Z`, with a number if a restore took that name in the same second. */
function freeName(path: string, now: Date): string {
  const name = `${path}${ASIDE}${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const isTaken = (aside: string) => SET.some((end) => existsSync(aside + end));
  let [free, number] = [name, 2];
  for (; isTaken(free); number += 1) free = `${name}-${number}`;
  return free;
}

/** Whether a database with its WAL is intact; checked read-only. */
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
    // The file is set aside unchanged; the restore does not need the reason.
    return false;
  }
}

/**
 * Checkpoints the WAL into the file. SQLite leaves WAL mode only if no other process has the database open, so this
 * detects programs that do not know our lock.
 */
function checkpointWal(path: string): void {
  const database = new Sqlite(path, { timeout: 0, fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}
