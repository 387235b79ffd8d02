import type Database from 'better-sqlite3';
import type { DataSource, QueryRunner } from 'typeorm';
import { SqliteStatements } from './sqlite-statements.js';

export type Parameter = string | number | null;

/** Rows of handwritten statements, each an array of its cells. Parameters are `$1`, `$2` … on both engines. */
export interface RowSource {
  cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters?: readonly Parameter[],
  ): Promise<Cells[]>;

  /** Reads many rows in the fastest way. @param sql with the columns `row_id` and `line`, a text */
  lines(sql: string, parameters: readonly Parameter[]): Promise<Lines>;

  /** SQL of how many bytes a text has in `lines`. */
  lengthOf(text: string): string;
}

/** Concatenated lines of many rows. */
export interface Lines {
  /** Number of rows; a row whose line is NULL adds no bytes. */
  count: number;
  /** Largest `row_id`; 0 without rows. */
  lastRow: number;
  /** UTF-8. */
  bytes: Buffer;
}

type LineCells = readonly [count: number, lastRow: number, bytes: Buffer];

const statements = new WeakMap<Database.Database, SqliteStatements>();

/** Prepared statements of TypeORM's connection to a SQLite file. */
export function statementsOf({ driver }: DataSource): SqliteStatements {
  const { databaseConnection } = driver as unknown as { databaseConnection: Database.Database };
  let prepared = statements.get(databaseConnection);
  if (prepared === undefined) {
    prepared = new SqliteStatements(databaseConnection);
    statements.set(databaseConnection, prepared);
  }
  return prepared;
}

/** Rows as the runner's connection sees them: inside a transaction, those of the transaction. */
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

  lines(sql: string, parameters: readonly Parameter[]): Promise<Lines> {
    const [count, lastRow, bytes] = statementsOf(this.source).lines(sql, parameters) as LineCells;
    return Promise.resolve({ count, lastRow, bytes });
  }

  lengthOf(text: string): string {
    return `octet_length(${text})`;
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

  async lines(sql: string, parameters: readonly Parameter[]): Promise<Lines> {
    const joined = `SELECT COUNT(*)::int AS count, COALESCE(MAX(row_id), 0) AS last_row,
      COALESCE(string_agg(line, ''), '') AS text FROM (${sql}) AS rows_in_order`;
    const [[count, lastRow, text] = [0, 0, '']] = await this.cells<[number, number, string]>(
      joined,
      parameters,
    );
    return { count, lastRow, bytes: Buffer.from(text) };
  }

  /** The database may have another encoding, such as WIN1251. */
  lengthOf(text: string): string {
    return `octet_length(convert_to(${text}, 'UTF8'))`;
  }
}
