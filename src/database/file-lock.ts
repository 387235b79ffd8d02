import type Database from 'better-sqlite3';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { isBusy } from './database.errors.js';
import { LockUnusableError, SqliteDriverMissingError } from './sqlite-file.errors.js';
import { type FileOwner, giveTo } from './file-owner.js';
import { Sqlite } from './sqlite.js';

/** `shared`: any number. `reserved`: one, beside shared ones. `exclusive`: alone. */
export type LockMode = 'shared' | 'reserved' | 'exclusive';

/**
 * Uses SQLite's own locks on an empty database. On a read-only file SQLite silently downgrades the two write locks to
 * a read lock unless a statement writes, so these statements write.
 */
const TAKE = {
  shared: 'BEGIN; SELECT COUNT(*) FROM sqlite_master',
  reserved: 'BEGIN IMMEDIATE; PRAGMA user_version = 1',
  exclusive: 'BEGIN EXCLUSIVE; PRAGMA user_version = 1',
} satisfies Record<LockMode, string>;

/**
 * Lock between processes, which the operating system frees when the process ends. A lock by mere presence of a file
 * would survive kill -9. The file stays empty and may remain.
 */
export class FileLock {
  private constructor(
    private readonly path: string,
    private readonly database: Database.Database,
    private readonly isMine: boolean,
  ) {}

  /**
   * Returns undefined if another holder conflicts after `waitMs`. The wait blocks the process.
   *
   * @param owner gets the file if it is new
   * @throws LockUnusableError
   */
  static acquire(
    path: string,
    mode: LockMode,
    { waitMs = 0, owner }: { waitMs?: number; owner?: FileOwner | undefined } = {},
  ): FileLock | undefined {
    for (;;) {
      const isMine = create(path, owner);
      const before = inodeOf(path);
      const database = begin(path, mode, waitMs);
      if (database === undefined) return undefined;
      // The file was removed by its creator in the meantime; other processes now lock another file.
      if (before === inodeOf(path)) return new FileLock(path, database, isMine);
      database.close();
    }
  }

  release(): void {
    this.database.close();
  }

  /** Releases the lock, and removes the file if this lock created it and no other process uses it. */
  releaseWithoutTrace(): void {
    this.release();
    if (!this.isMine) return;
    const last = FileLock.acquire(this.path, 'exclusive');
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
    // Only root can change the owner. If the file is then not writable, taking the lock fails with LockUnusableError.
  }
  return true;
}

function begin(path: string, mode: LockMode, waitMs: number): Database.Database | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Sqlite(path, { timeout: waitMs });
    // kill -9 would leave a journal on disk.
    database.pragma('journal_mode = MEMORY');
    database.exec(TAKE[mode]);
    return database;
  } catch (thrown) {
    database?.close();
    if (isBusy(thrown)) return undefined;
    if (thrown instanceof SqliteDriverMissingError) throw thrown;
    throw new LockUnusableError(path, { cause: thrown });
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
