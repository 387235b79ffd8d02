import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { appliedOn, refuseNewer } from './applied-migrations.js';
import { migratorOptions } from './data-source.options.js';
import { inTransaction } from './transaction.js';

const POSTGRES_MIGRATION_LOCK = 5_286_735_611;
/** How long the migrations of another process on the same SQLite file are waited for, in milliseconds. */
const MIGRATION_WAIT_MS = 60_000;

/**
 * Brings a SQLite file to the newest migration. Processes that start together take turns: TypeORM looks what
 * is to be done before its transaction, which begins without the lock.
 *
 * @throws NewerDatabaseError; so does the other
 */
export async function migrateSqlite(writer: DataSource): Promise<void> {
  const runner = writer.createQueryRunner();
  // Foreign keys are off meanwhile, which SQLite allows outside a transaction alone.
  await runner.beforeMigration();
  try {
    await inTransaction(writer, MIGRATION_WAIT_MS, async () => {
      refuseNewer(await appliedOn(writer));
      await writer.runMigrations({ transaction: 'none' });
    });
  } finally {
    await runner.afterMigration();
  }
}

/** The same of PostgreSQL, through connections that wait as long as it takes. */
export async function migratePostgres(settings: Settings): Promise<void> {
  const source = await new DataSource(migratorOptions(settings)).initialize();
  try {
    const holder = source.createQueryRunner();
    await holder.query('SET lock_timeout = 0');
    await holder.query('SELECT pg_advisory_lock($1)', [POSTGRES_MIGRATION_LOCK]);
    refuseNewer(await appliedOn(source));
    await source.runMigrations({ transaction: 'all' });
  } finally {
    // Which ends the holder's connection, and gives the lock back.
    await source.destroy();
  }
}
