import { statSync } from 'node:fs';
import { DatabaseInUseError } from './database.errors.js';
import { SecondNameError } from './sqlite-file.errors.js';
import { FileLock, type LockMode } from './file-lock.js';
import { ownerAmong } from './file-owner.js';

/**
 * How long a service or a command waits for the lock, in milliseconds: one that is refused, and looks who
 * holds it, holds it for a moment.
 */
const WAIT_MS = 250;

/**
 * Who may be on a SQLite file at the same time: one service, any number of commands beside it, and a restore,
 * which replaces the file, alone. The lock is of the real path: links lead to the same one.
 */
export class DatabaseLock {
  private constructor(
    private readonly lock: FileLock,
    private readonly holder: 'service' | 'command' | 'restore',
  ) {}

  /** @throws DatabaseInUseError, LockUnusableError, SecondNameError; so do the others */
  static ofService(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'reserved', WAIT_MS), 'service');
  }

  static ofCommand(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'shared', WAIT_MS), 'command');
  }

  static ofRestore(path: string): DatabaseLock {
    return new DatabaseLock(take(path, 'exclusive', 0), 'restore');
  }

  /** The file stays for a place where services live; a command on a copy leaves nothing. */
  release(): void {
    if (this.holder === 'command') this.lock.releaseWithoutTrace();
    else this.lock.release();
  }
}

/** Where the lock of a database lies. */
export function lockOf(path: string): string {
  return `${path}.service-lock`;
}

/** @throws SecondNameError: under each of its names a file has another lock, and another log */
export function refuseSecondName(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.nlink > 1) throw new SecondNameError(path, found.nlink);
}

function take(path: string, mode: LockMode, waitMs: number): FileLock {
  refuseSecondName(path);
  const lock = FileLock.take(lockOf(path), mode, { waitMs, owner: ownerAmong([path]) });
  if (lock === undefined) throw inTheWay(path);
  return lock;
}

function inTheWay(path: string): DatabaseInUseError {
  const isFree = (mode: LockMode) => {
    const lock = FileLock.take(lockOf(path), mode);
    lock?.release();
    return lock !== undefined;
  };
  if (!isFree('shared')) return DatabaseInUseError.byRestore(path);
  return isFree('reserved')
    ? DatabaseInUseError.byCommand(path)
    : DatabaseInUseError.byService(path);
}
