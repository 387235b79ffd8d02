import type Database from 'better-sqlite3';
import { DatabaseInUseError, isBusy } from './database.errors.js';
import { Sqlite } from './sqlite.js';

/**
 * Keeps a second service off the same SQLite file: two would fetch, relay and push twice.
 * The lock is an exclusive transaction in a small database beside it, which the operating system
 * frees however the process ends; a lock file would survive kill -9. Commands may still write.
 */
export class SqliteServiceLock {
  private constructor(private readonly lock: Database.Database) {}

  /** @throws DatabaseInUseError when another service holds it. */
  static take(databasePath: string): SqliteServiceLock {
    const lock = new Sqlite(`${databasePath}.service-lock`, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (thrown) {
      lock.close();
      throw isBusy(thrown) ? new DatabaseInUseError(databasePath) : thrown;
    }
    return new SqliteServiceLock(lock);
  }

  release(): void {
    this.lock.close();
  }
}
