import type { DataSource } from 'typeorm';
import { DatabaseCondition } from './database-condition.js';
import { type RowSource, rowsThrough } from './row-source.js';

const BEGIN = {
  postgres: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  // Deferred: the first read takes the snapshot.
  sqlite: 'BEGIN',
};

/** Reads several things from one state of the database. */
export class Snapshots {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly condition: DatabaseCondition,
  ) {}

  /** Everything that `work` reads belongs to one snapshot. It must be brief: SQLite's WAL cannot shrink meanwhile. */
  readInSnapshot<T>(work: (rows: RowSource) => Promise<T>): Promise<T> {
    return this.alone(async () => {
      const runner = this.source.createQueryRunner();
      try {
        const engine = this.source.options.type === 'postgres' ? 'postgres' : 'sqlite';
        await runner.query(BEGIN[engine]);
        try {
          return await work(rowsThrough(runner));
        } finally {
          await runner.query('ROLLBACK');
        }
      } finally {
        await runner.release();
      }
    });
  }

  /** Without a snapshot: each statement sees what was committed before it. */
  readFreely<T>(work: (rows: RowSource) => Promise<T>): Promise<T> {
    return this.alone(async () => {
      const runner = this.source.createQueryRunner();
      try {
        return await work(rowsThrough(runner));
      } finally {
        await runner.release();
      }
    });
  }

  /** SQLite has one connection for all of them. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work).catch((thrown: unknown) => {
      this.condition.sawFailure(thrown);
      throw thrown;
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
