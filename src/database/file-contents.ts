import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { LOCK_WAIT_MS, MIGRATION_NAMES } from './data-source.options.js';
import { ForeignDatabaseError } from './database.errors.js';
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
 * The migrations that a file has run, which may not exist. Our tables would be added to somebody else's
 * without a word.
 *
 * @throws ForeignDatabaseError, or what SQLite says
 */
export function appliedIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const database = new Sqlite(path, { fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    const { applied, isForeign } = contentsOf(database);
    if (isForeign) throw new ForeignDatabaseError(path);
    return applied;
  } finally {
    database.close();
  }
}
