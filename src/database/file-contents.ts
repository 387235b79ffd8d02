import type Database from 'better-sqlite3';
import { LOCK_WAIT_MS, MIGRATION_NAMES } from './data-source.options.js';
import { DatabaseReadOnlyError, ForeignDatabaseError } from './database.errors.js';
import { driverFailure } from './driver-failure.js';
import { isVacant } from './lost-database.js';
import { Sqlite } from './sqlite.js';

/** What a SQLite file says of itself. */
export interface FileContents {
  /** Migrations that it has run. */
  applied: string[];
  /** It has tables, and none of ours has made them. */
  isForeign: boolean;
}

export function contentsOf(database: Database.Database): FileContents {
  const named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  const tables = database.prepare(named).pluck().all() as string[];
  const rows = tables.includes('migrations')
    ? (database.prepare('SELECT * FROM migrations').all() as { name: string }[])
    : [];
  const applied = rows.map(({ name }) => name);
  const isOurs = applied.some((name) => MIGRATION_NAMES.includes(name));
  return { applied, isForeign: !isOurs && tables.some((name) => name !== 'migrations') };
}

/**
 * The migrations that a file has run, none where there is no file. Our tables would be added to somebody else's
 * without a word.
 *
 * @throws ForeignDatabaseError, or what SQLite says
 */
export function appliedIn(path: string): string[] {
  // Of an empty file SQLite would delete the log.
  if (isVacant(path)) return [];
  const database = new Sqlite(path, { fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    const { applied, isForeign } = contentsOf(database);
    if (isForeign) throw new ForeignDatabaseError(path);
    return applied;
  } finally {
    database.close();
  }
}

/**
 * Writes, and takes it back. On a file that cannot be written SQLite begins the transaction all the same; rights
 * tell too little: root has all of them on a disk that is mounted read-only.
 *
 * @throws what SQLite says
 */
export function proveWritable(database: Database.Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = database.pragma('user_version', { simple: true }) as number;
    database.pragma(`user_version = ${version}`);
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK');
  }
}

/** @throws DatabaseReadOnlyError where a file is there and cannot be written */
export function refuseReadOnly(path: string): void {
  if (isVacant(path)) return;
  const database = new Sqlite(path, { fileMustExist: true, timeout: 0 });
  try {
    proveWritable(database);
  } catch (thrown) {
    const failure = driverFailure(thrown);
    if (failure === 'read-only') throw DatabaseReadOnlyError.file(path, thrown);
    // Another process is writing it just now: that it can be written is proven.
    if (failure !== 'busy') throw thrown;
  } finally {
    database.close();
  }
}
