import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { appliedOn, rejectNewer } from './applied-migrations.js';
import { migratorOptions } from './data-source.options.js';
import { inTransaction } from './transaction.js';

const POSTGRES_MIGRATION_LOCK = 5_286_735_611;
/** Longest wait for migrations of another process on the same SQLite file, in milliseconds. */
const MIGRATION_WAIT_MS = 60_000;

/**
 * Migrates a SQLite file to this version. The explicit transaction serializes processes that start together: TypeORM
 * determines pending migrations before its own transaction, without the lock.
 *
 * @throws NewerDatabaseError; `migratePostgres` likewise
 */
export async function migrateSqlite(writer: DataSource): Promise<void> {
  const runner = writer.createQueryRunner();
  // Turns foreign keys off, which SQLite allows only outside a transaction.
  await runner.beforeMigration();
  try {
    await inTransaction(writer, MIGRATION_WAIT_MS, async () => {
      rejectNewer(await appliedOn(writer));
      await writer.runMigrations({ transaction: 'none' });
    });
  } finally {
    await runner.afterMigration();
  }
}

/** Migrates PostgreSQL, through connections without time limits. */
export async function migratePostgres(settings: Settings): Promise<void> {
  const source = await new DataSource(migratorOptions(settings)).initialize();
  try {
    const holder = source.createQueryRunner();
    await holder.query('SET lock_timeout = 0');
    await holder.query('SELECT pg_advisory_lock($1)', [POSTGRES_MIGRATION_LOCK]);
    rejectNewer(await appliedOn(source));
    await source.runMigrations({ transaction: 'all' });
  } finally {
    // Closes the holder's connection, which releases the lock.
    await source.destroy();
  }
}
