import { statSync } from 'node:fs';
import { DatabaseInUseError } from './database.errors.js';
import { SecondNameError } from './sqlite-file.errors.js';
import { FileLock, type LockMode } from './file-lock.js';
import { ownerAmong } from './file-owner.js';

/**
 * Longest wait of a service or a command for the lock, in milliseconds. A rejected process takes the lock briefly to
 * find out which process holds it.
 */
const WAIT_MS = 250;

/**
 * Lock of a SQLite database between processes: one service, any number of commands beside it, or one restore alone,
 * as it replaces the file. The lock is beside the real path, so links lead to the same one.
 */
export class DatabaseLock {
  private constructor(
    private readonly lock: FileLock,
    private readonly holder: 'service' | 'command' | 'restore',
  ) {}

  /** @throws DatabaseInUseError, LockUnusableError, SecondNameError; the other two likewise */
  static ofService(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'reserved', WAIT_MS), 'service');
  }

  static ofCommand(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'shared', WAIT_MS), 'command');
  }

  static ofRestore(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'exclusive', 0), 'restore');
  }

  /** A command removes a lock file that it created, so that it leaves nothing beside a copy. */
  release(): void {
    if (this.holder === 'command') this.lock.releaseWithoutTrace();
    else this.lock.release();
  }
}

/** Path of the lock file of a database. */
export function lockOf(path: string): string {
  return `${path}.service-lock`;
}

/** @throws SecondNameError: each hard link of a file has its own lock and its own WAL */
export function rejectSecondName(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.nlink > 1) throw new SecondNameError(path, found.nlink);
}

function take(path: string, mode: LockMode, waitMs: number): FileLock {
  rejectSecondName(path);
  const lock = FileLock.acquire(lockOf(path), mode, { waitMs, owner: ownerAmong([path]) });
  if (lock === undefined) throw inTheWay(path);
  return lock;
}

function inTheWay(path: string): DatabaseInUseError {
  const isFree = (mode: LockMode) => {
    const lock = FileLock.acquire(lockOf(path), mode);
    lock?.release();
    return lock !== undefined;
  };
  if (!isFree('shared')) return DatabaseInUseError.byRestore(path);
  return isFree('reserved')
    ? DatabaseInUseError.byCommand(path)
    : DatabaseInUseError.byService(path);
}
