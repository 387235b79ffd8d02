import type Database from 'better-sqlite3';
import { LOCK_WAIT_MS, MIGRATION_NAMES } from './data-source.options.js';
import { DatabaseReadOnlyError, ForeignDatabaseError } from './database.errors.js';
import { driverFailure } from './driver-failure.js';
import { isVacant } from './lost-database.js';
import { Sqlite } from './sqlite.js';

/** Migrations and ownership of a SQLite file. */
export interface FileContents {
  /** Migrations that ran on it. */
  applied: string[];
  /** It has tables, and no migration of ours. */
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
 * Migrations that ran on a file; empty if the file does not exist. Rejects a foreign database: migrations would
 * silently add our tables to it.
 *
 * @throws ForeignDatabaseError, or SQLite's error
 */
export function appliedIn(path: string): string[] {
  // Opening an empty file would make SQLite delete its WAL.
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
 * Writes, then rolls back. On a read-only file SQLite begins the transaction without an error, and file modes are not
 * enough: root passes them on a disk mounted read-only.
 *
 * @throws SQLite's error
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

/** @throws DatabaseReadOnlyError if the file exists and cannot be written */
export function rejectReadOnly(path: string): void {
  if (isVacant(path)) return;
  const database = new Sqlite(path, { fileMustExist: true, timeout: 0 });
  try {
    proveWritable(database);
  } catch (thrown) {
    const failure = driverFailure(thrown);
    if (failure === 'read-only') throw DatabaseReadOnlyError.file(path, thrown);
    // Another process is writing it, which proves that it is writable.
    if (failure !== 'busy') throw thrown;
  } finally {
    database.close();
  }
}
