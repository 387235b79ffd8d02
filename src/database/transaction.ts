import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { LOCK_WAIT_MS } from './data-source.options.js';
import { CommitUnknownError, isBusy } from './database.errors.js';
import { driverFailure } from './driver-failure.js';

/** Arbitrary; nothing else in the same PostgreSQL database may use it. */
const POSTGRES_WRITE_LOCK = 5_286_735_610;
const SQLITE_RETRY_MS = 10;

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * Runs `work` in one transaction that holds the single write lock of the database. Commits if it resolves, rolls back
 * if it rejects. `waitMs` limits the wait for the lock.
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
      await commit(runner);
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

/**
 * READ COMMITTED behind one advisory lock: it serializes the writers of all processes, so `seq` is committed in
 * order.
 */
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
 * TypeORM's own transaction begins DEFERRED, and would fail midway if another process writes first. Yields to the
 * event loop first: better-sqlite3 never yields, and a queue of writers would block every reader and socket.
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

/** @throws CommitUnknownError if the database does not answer */
async function commit(runner: QueryRunner): Promise<void> {
  try {
    await sendCommit(runner);
  } catch (thrown) {
    throw driverFailure(thrown) === 'unavailable'
      ? new CommitUnknownError({ cause: thrown })
      : thrown;
  }
}

/** After a failed statement PostgreSQL answers COMMIT by rolling back, without an error. */
async function sendCommit(runner: QueryRunner): Promise<void> {
  if (runner.dataSource.options.type !== 'postgres') {
    await runner.query('COMMIT');
    return;
  }
  // TypeORM drops the command tag.
  const client = (await runner.connect()) as Pick<Client, 'query'>;
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('Rolled back: a statement of the transaction had failed');
}

async function rollBack(runner: QueryRunner, because: unknown): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch (thrown) {
    // SQLite rolls back by itself on some errors, and a lost PostgreSQL connection has nothing to roll back. The
    // first error is reported, with this one as its cause.
    if (because instanceof Error) because.cause ??= thrown;
  }
}
