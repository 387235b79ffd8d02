import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type Database from 'better-sqlite3';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { DatabaseCondition } from './database-condition.js';
import { SqliteStatements } from './sqlite-statements.js';
import { STORE_ROW, type StoreState } from './store.entity.js';

/** Page size of long reads: TypeORM cannot stream on SQLite, and an open cursor pins the WAL. */
export const PAGE_ROWS = 1_000;

type Parameter = string | number | null;

const STORE = `SELECT id, log_id, data_version, relayed_seq,
  (SELECT MAX(mark) FROM changes WHERE changes.data_version = store.data_version) AS mark
  FROM store WHERE id = $1`;

/** Reads committed rows, never those of a running unit of work. */
@Injectable()
export class Reader {
  private statements: SqliteStatements | undefined;

  constructor(
    @InjectDataSource() private readonly reader: DataSource,
    @Inject(DatabaseCondition) private readonly condition: DatabaseCondition,
  ) {}

  select<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    alias: string,
  ): SelectQueryBuilder<Row> {
    return this.reader.createQueryBuilder(entity, alias);
  }

  /**
   * Plain rows of a handwritten statement, for frequent reads. SQLite prepares each text once and keeps it, so there
   * must be few texts; nothing is built or hydrated. Parameters are `$1`, `$2` … on both engines.
   */
  async rows<Row>(sql: string, parameters: readonly Parameter[]): Promise<Row[]> {
    if (this.engine === 'postgres') return this.reader.query<Row[]>(sql, [...parameters]);
    return Promise.resolve(this.watched(() => this.sqlite().rows(sql, parameters)) as Row[]);
  }

  /** The row of the table `store`: `log_id`, `data_version`, the relay's cursor. */
  async store(): Promise<StoreState> {
    const [store] = await this.rows<StoreState>(STORE, [STORE_ROW]);
    if (!store) throw new RangeError('The table "store" has no row');
    return store;
  }

  /** Reports failures of statements that bypass TypeORM and its logger. */
  private watched<Read>(read: () => Read): Read {
    try {
      return read();
    } catch (thrown) {
      this.condition.sawFailure(thrown);
      throw thrown;
    }
  }

  /** Prepared statements of TypeORM's connection. */
  private sqlite(): SqliteStatements {
    const { databaseConnection } = this.reader.driver as unknown as {
      databaseConnection: Database.Database;
    };
    if (this.statements?.connection !== databaseConnection) {
      this.statements = new SqliteStatements(databaseConnection);
    }
    return this.statements;
  }

  /** `sqlite` or `postgres`. */
  get engine(): string {
    return this.reader.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }
}
