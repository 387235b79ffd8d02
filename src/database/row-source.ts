import type Database from 'better-sqlite3';
import type { DataSource, QueryRunner } from 'typeorm';
import { SqliteStatements } from './sqlite-statements.js';

export type Parameter = string | number | null;

/** Rows of statements written by hand, each a list of its cells; the parameters are `$1`, `$2` … on both engines. */
export interface RowSource {
  cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters?: readonly Parameter[],
  ): Promise<Cells[]>;

  /** The same rows column by column: the quickest way to read many. Every name of a column is another. */
  columns(sql: string, parameters: readonly Parameter[]): Promise<unknown[][]>;
}

const statements = new WeakMap<Database.Database, SqliteStatements>();

/** The prepared statements of the connection that TypeORM has opened to a SQLite file. */
export function statementsOf({ driver }: DataSource): SqliteStatements {
  const { databaseConnection } = driver as unknown as { databaseConnection: Database.Database };
  let prepared = statements.get(databaseConnection);
  if (prepared === undefined) {
    prepared = new SqliteStatements(databaseConnection);
    statements.set(databaseConnection, prepared);
  }
  return prepared;
}

/** What the connection of a runner sees: inside a transaction, that transaction's rows. */
export function rowsThrough(runner: QueryRunner): RowSource {
  const { dataSource } = runner;
  return dataSource.options.type === 'postgres'
    ? new PostgresRows(runner)
    : new SqliteRows(dataSource);
}

class SqliteRows implements RowSource {
  constructor(private readonly source: DataSource) {}

  cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters: readonly Parameter[] = [],
  ): Promise<Cells[]> {
    const cells = statementsOf(this.source).cells(sql, parameters);
    return Promise.resolve(cells as unknown as Cells[]);
  }

  columns(sql: string, parameters: readonly Parameter[]): Promise<unknown[][]> {
    return Promise.resolve(statementsOf(this.source).columns(sql, parameters));
  }
}

class PostgresRows implements RowSource {
  constructor(private readonly runner: QueryRunner) {}

  async cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters: readonly Parameter[] = [],
  ): Promise<Cells[]> {
    const rows = (await this.runner.query(sql, [...parameters])) as object[];
    return rows.map((row) => Object.values(row) as unknown as Cells);
  }

  async columns(sql: string, parameters: readonly Parameter[]): Promise<unknown[][]> {
    const rows = (await this.runner.query(sql, [...parameters])) as Record<string, unknown>[];
    return Object.keys(rows[0] ?? {}).map((name) => rows.map((row) => row[name]));
  }
}
