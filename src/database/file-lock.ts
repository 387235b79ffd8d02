import type Database from 'better-sqlite3';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { isBusy } from './database.errors.js';
import { LockUnusableError } from './sqlite-file.errors.js';
import { type FileOwner, giveTo } from './file-owner.js';
import { Sqlite } from './sqlite.js';

/** Many may share a lock; one may reserve it beside those who share; exclusive is alone. */
export type LockMode = 'shared' | 'reserved' | 'exclusive';

/**
 * SQLite's own locks of an empty database. On a file that cannot be written it turns the two that write into a
 * plain read without a word, but for a statement that does write: so they prove that they hold.
 */
const TAKE = {
  shared: 'BEGIN; SELECT COUNT(*) FROM sqlite_master',
  reserved: 'BEGIN IMMEDIATE; PRAGMA user_version = 1',
  exclusive: 'BEGIN EXCLUSIVE; PRAGMA user_version = 1',
} satisfies Record<LockMode, string>;

/**
 * A lock between processes, which the operating system frees however they end; a file whose presence is the
 * lock would survive kill -9. The file itself stays empty and may stay where it is.
 */
export class FileLock {
  private constructor(
    private readonly path: string,
    private readonly database: Database.Database,
    private readonly isMine: boolean,
  ) {}

  /**
   * Undefined: another holder is in the way, after `waitMs` of waiting, which stops this process.
   *
   * @param owner who gets the file where it is new
   * @throws LockUnusableError
   */
  static take(
    path: string,
    mode: LockMode,
    { waitMs = 0, owner }: { waitMs?: number; owner?: FileOwner | undefined } = {},
  ): FileLock | undefined {
    for (;;) {
      const isMine = create(path, owner);
      const before = inodeOf(path);
      const database = begin(path, mode, waitMs);
      if (database === undefined) return undefined;
      // Removed meanwhile, by who made it: others lock another file by now.
      if (before === inodeOf(path)) return new FileLock(path, database, isMine);
      database.close();
    }
  }

  release(): void {
    this.database.close();
  }

  /** Releases it, and leaves no file behind where it was made for this lock and nobody else uses it. */
  releaseWithoutTrace(): void {
    this.release();
    if (!this.isMine) return;
    const last = FileLock.take(this.path, 'exclusive');
    if (last === undefined) return;
    rmSync(this.path);
    last.release();
  }
}

/** Returns whether the file is new. */
function create(path: string, owner: FileOwner | undefined): boolean {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw code === 'ENOENT' ? thrown : new LockUnusableError(path, { cause: thrown });
  }
  try {
    if (owner) giveTo(path, owner);
  } catch {
    // Only root can give it away. Who may not write it then is told so when the lock is taken.
  }
  return true;
}

function begin(path: string, mode: LockMode, waitMs: number): Database.Database | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Sqlite(path, { timeout: waitMs });
    // A journal on the disk would be left by kill -9.
    database.pragma('journal_mode = MEMORY');
    database.exec(TAKE[mode]);
    return database;
  } catch (thrown) {
    database?.close();
    if (isBusy(thrown)) return undefined;
    throw new LockUnusableError(path, { cause: thrown });
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
