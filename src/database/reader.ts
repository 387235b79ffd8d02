import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type Database from 'better-sqlite3';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { DatabaseCondition } from './database-condition.js';
import { SqliteStatements } from './sqlite-statements.js';
import { STORE_ROW, type StoreState } from './store.entity.js';

/** The largest page a long read takes at once: TypeORM cannot stream on SQLite, and an open cursor pins the WAL. */
export const PAGE_ROWS = 1_000;

type Parameter = string | number | null;

const STORE = `SELECT id, log_id, data_version, relayed_seq,
  (SELECT MAX(mark) FROM changes WHERE changes.data_version = store.data_version) AS mark
  FROM store WHERE id = $1`;

/** Reads committed rows, never those of a unit of work under way. */
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
   * Plain rows of a statement written by hand, for what is read all the time: SQLite prepares its text
   * once, and nothing is built or hydrated for a row. The parameters are `$1`, `$2` … on both engines;
   * the texts are few, for each is kept.
   */
  async rows<Row>(sql: string, parameters: readonly Parameter[]): Promise<Row[]> {
    if (this.engine === 'postgres') return this.reader.query<Row[]>(sql, [...parameters]);
    return Promise.resolve(this.watched(() => this.sqlite().rows(sql, parameters)) as Row[]);
  }

  /** The row that describes this database: its log's name, its version, the relay's cursor. */
  async store(): Promise<StoreState> {
    const [store] = await this.rows<StoreState>(STORE, [STORE_ROW]);
    if (!store) throw new RangeError('The database has lost the row that describes it');
    return store;
  }

  /** What goes past TypeORM, which tells of the failures of its own statements. */
  private watched<Read>(read: () => Read): Read {
    try {
      return read();
    } catch (thrown) {
      this.condition.sawFailure(thrown);
      throw thrown;
    }
  }

  /** Of the connection that TypeORM has opened. */
  private sqlite(): SqliteStatements {
    const { databaseConnection } = this.reader.driver as unknown as {
      databaseConnection: Database.Database;
    };
    if (this.statements?.connection !== databaseConnection) {
      this.statements = new SqliteStatements(databaseConnection);
    }
    return this.statements;
  }

  /** `sqlite` or `postgres`, for people. */
  get engine(): string {
    return this.reader.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }
}
