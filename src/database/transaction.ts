import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { LOCK_WAIT_MS } from './data-source.options.js';
import { isBusy } from './database.errors.js';

/** Any 64-bit number will do, as long as nothing else in the same PostgreSQL database uses it. */
const POSTGRES_WRITE_LOCK = 5_286_735_610;
const SQLITE_RETRY_MS = 10;

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * Runs `work` in one transaction that holds the database's single write lock: commits when it
 * resolves, rolls back when it rejects. `waitMs` bounds the wait for the lock.
 */
export async function inTransaction<T>(
  writer: DataSource,
  waitMs: number,
  work: Work<T>,
): Promise<T> {
  const runner = writer.createQueryRunner();
  try {
    await begin(runner, waitMs);
    try {
      const result = await work(runner.manager);
      await runner.query('COMMIT');
      return result;
    } catch (thrown) {
      await rollBack(runner, thrown);
      throw thrown;
    }
  } finally {
    await runner.release();
  }
}

async function begin(runner: QueryRunner, waitMs: number): Promise<void> {
  if (runner.dataSource.options.type === 'postgres') await beginPostgres(runner, waitMs);
  else await beginSqlite(runner, waitMs);
}

/** READ COMMITTED behind one advisory lock: writers of all processes take turns, so `seq` commits in order. */
async function beginPostgres(runner: QueryRunner, waitMs: number): Promise<void> {
  await runner.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await runner.query(`SET LOCAL lock_timeout = ${Math.max(1, Math.floor(waitMs))}`);
    await runner.query('SELECT pg_advisory_xact_lock($1)', [POSTGRES_WRITE_LOCK]);
    await runner.query(`SET LOCAL lock_timeout = ${LOCK_WAIT_MS}`);
  } catch (thrown) {
    await rollBack(runner, thrown);
    throw thrown;
  }
}

/**
 * TypeORM's own transaction begins DEFERRED, and would fail half-way when another process writes first.
 * The event loop gets its turn before each: better-sqlite3 never yields, and writers who queue would
 * hold up every reader and socket until the last of them is done.
 */
async function beginSqlite(runner: QueryRunner, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  await nextTurn();
  for (;;) {
    try {
      await runner.query('BEGIN IMMEDIATE');
      return;
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() >= deadline) throw thrown;
    }
    await sleep(SQLITE_RETRY_MS);
  }
}

async function rollBack(runner: QueryRunner, because: unknown): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch (thrown) {
    // SQLite rolls back by itself on some errors, a lost PostgreSQL connection has nothing left to
    // roll back; the first failure is the one to report, and this one travels with it.
    if (because instanceof Error) because.cause ??= thrown;
  }
}
