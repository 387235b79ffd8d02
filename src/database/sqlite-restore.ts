import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { asDatabaseError, isBusy } from './database.errors.js';
import { copyDatabase } from './sqlite-backup.js';
import { SqliteServiceLock } from './sqlite-service-lock.js';
import { moveIntoPlace } from './synced-files.js';
import { Sqlite } from './sqlite.js';

/** What SQLite keeps beside a file. */
const COMPANIONS = ['', '-wal', '-shm'];

/**
 * Puts a backup in the place of a SQLite database: first beside it, as a draft that can be made ready,
 * then, by two renames, into its place. No service can start meanwhile, and nobody may have it open.
 */
export class SqliteRestore {
  private constructor(
    private readonly path: string,
    private readonly lock: SqliteServiceLock,
  ) {}

  /** @throws DatabaseInUseError when a service runs on it, DatabaseBusyError when a command does */
  static begin(path: string): SqliteRestore {
    mkdirSync(dirname(path), { recursive: true });
    const restore = new SqliteRestore(path, SqliteServiceLock.take(path));
    try {
      if (existsSync(path)) foldLog(path, 'may be damaged');
    } catch (thrown) {
      restore.end();
      throw asDatabaseError(thrown);
    }
    return restore;
  }

  /** The database that will take the place. */
  get draft(): string {
    return `${this.path}.restoring`;
  }

  /** Copies the backup to the draft, with what its log beside it may hold. */
  bring(backup: string): void {
    this.removeDraft();
    copyDatabase(backup, this.draft);
  }

  /** Gives the draft the place, and returns where what was there is now. */
  finish(now: Date): string | undefined {
    foldLog(this.draft, 'is whole');
    const aside = existsSync(this.path) ? asideOf(this.path, now) : undefined;
    if (aside !== undefined) {
      for (const end of COMPANIONS) {
        if (existsSync(this.path + end)) renameSync(this.path + end, aside + end);
      }
    }
    moveIntoPlace(this.draft, this.path);
    return aside;
  }

  /** Lets others use the place again; a draft that was not finished is gone. */
  end(): void {
    this.removeDraft();
    this.lock.release();
  }

  private removeDraft(): void {
    for (const end of COMPANIONS) rmSync(this.draft + end, { force: true });
  }
}

/** `kurs.db.before-20261125T192900Z` */
function asideOf(path: string, now: Date): string {
  return `${path}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/**
 * Brings everything into the one file. SQLite leaves its write-ahead log only when nobody else has the
 * database open: a command that writes is found here. A damaged file is set aside as it is.
 */
function foldLog(path: string, state: 'may be damaged' | 'is whole'): void {
  try {
    const database = new Sqlite(path, { timeout: 0, fileMustExist: true });
    try {
      database.pragma('journal_mode = DELETE');
    } finally {
      database.close();
    }
  } catch (thrown) {
    if (isBusy(thrown) || state === 'is whole') throw thrown;
  }
}
