import type { DataSource } from 'typeorm';
import { DatabaseCondition } from './database-condition.js';
import { type RowSource, rowsThrough } from './row-source.js';

const BEGIN = {
  postgres: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  // Deferred: the first read takes the snapshot.
  sqlite: 'BEGIN',
};

/** Reads several things that belong to one state of the database. */
export class Snapshots {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly condition: DatabaseCondition,
  ) {}

  /** All that `work` reads is of one moment. SQLite's log can't shrink meanwhile, so be brief. */
  read<T>(work: (rows: RowSource) => Promise<T>): Promise<T> {
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

  /** Each statement sees what is committed when it begins. */
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
