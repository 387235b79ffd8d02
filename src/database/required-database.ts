import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { appliedOn, rejectNewer } from './applied-migrations.js';
import { pendingAfter, readerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import {
  asDatabaseError,
  asFileError,
  NoDatabaseError,
  OldDatabaseError,
} from './database.errors.js';
import { appliedIn } from './file-contents.js';
import { rejectLost } from './lost-database.js';

/**
 * For commands that need an existing database: a missing one is a mistake in DATABASE_URL, and is not created.
 *
 * @throws NoDatabaseError, LostDatabaseError, ForeignDatabaseError, NewerDatabaseError, DatabaseUnavailableError;
 *   OldDatabaseError if `wanted` is `this version`
 */
export async function requireDatabase(
  settings: Settings,
  wanted: 'any version' | 'this version',
): Promise<void> {
  const address = databaseAddress(settings.DATABASE_URL);
  const isFile = address.engine === 'sqlite';
  let applied: string[];
  try {
    applied = isFile ? appliedIn(address.path) : await appliedInPostgres(settings);
  } catch (thrown) {
    throw isFile ? asFileError(thrown, address.path) : asDatabaseError(thrown);
  }
  if (applied.length === 0) {
    if (isFile) rejectLost(address.path);
    throw new NoDatabaseError(isFile ? address.path : 'of Kurs in PostgreSQL');
  }
  rejectNewer(applied);
  const pending = pendingAfter(applied);
  if (wanted === 'this version' && pending.length > 0) throw new OldDatabaseError(pending);
}

async function appliedInPostgres(settings: Settings): Promise<string[]> {
  const source = new DataSource(readerOptions(settings, []));
  await source.initialize();
  try {
    return await appliedOn(source);
  } finally {
    await source.destroy();
  }
}
