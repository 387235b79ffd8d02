import type Database from 'better-sqlite3';
import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { readCopied } from './copied-rows.js';
import type { Slices } from './slices.js';
import { SqliteStatements } from './sqlite-statements.js';

export type Parameter = string | number | null;

/** Rows of handwritten statements, each an array of its cells. Parameters are `$1`, `$2` … on both engines. */
export interface RowSource {
  cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters?: readonly Parameter[],
  ): Promise<Cells[]>;

  /**
   * Reads many rows in the fastest way.
   *
   * @param take reads whole lines, and returns where the last of them stands in the order of the query
   */
  lines(
    query: LineQuery,
    take: (lines: Buffer) => readonly Parameter[],
    slices: Slices,
  ): Promise<void>;
}

/**
 * Query whose rows become lines of UTF-8: cells, each followed by a space, then texts with any characters, each in
 * single quotes, in which a single quote is doubled.
 */
export interface LineQuery {
  /** SQL of numbers and texts without spaces. */
  cells: readonly string[];
  /** SQL of other texts. */
  texts: readonly string[];
  table: string;
  /** Condition on columns. */
  where: string;
  parameters: readonly Parameter[];
  /** Columns by which rows are told apart, and where to begin: after these values. */
  order: readonly string[];
  after: readonly Parameter[];
}

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

type LineCells = readonly [count: number, bytes: Buffer];

class SqliteRows implements RowSource {
  constructor(private readonly source: DataSource) {}

  cells<Cells extends readonly unknown[]>(
    sql: string,
    parameters: readonly Parameter[] = [],
  ): Promise<Cells[]> {
    const cells = statementsOf(this.source).cells(sql, parameters);
    return Promise.resolve(cells as unknown as Cells[]);
  }

  /** In pages: SQLite holds the event loop while it reads, and the WAL while a statement is open. */
  async lines(
    { cells, texts, table, where, parameters, order, after }: LineQuery,
    take: (lines: Buffer) => readonly Parameter[],
    slices: Slices,
  ): Promise<void> {
    const columns = [...cells, ...texts.map((text) => `quote(${text})`)].join(', ');
    const keys = order.join(', ');
    const sql = `SELECT concat_ws(' ', ${columns}) || '\n' AS line FROM ${table}
      WHERE ${where} AND ${isAfter(order, parameters.length)}
      ORDER BY ${keys} LIMIT $${parameters.length + order.length + 1}`;
    let last = after;
    const pages = slices.pages<LineCells>(
      sql,
      (rows) => {
        const page = statementsOf(this.source).lines(sql, [...parameters, ...last, rows]);
        return Promise.resolve(page as LineCells);
      },
      ([count]) => count,
    );
    for await (const [count, bytes] of pages) if (count > 0) last = take(bytes);
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

  /** Formatting by COPY takes the server a third of the time of a query. */
  async lines(
    { cells, texts, table, where, parameters, order, after }: LineQuery,
    take: (lines: Buffer) => readonly Parameter[],
    slices: Slices,
  ): Promise<void> {
    const client = (await this.runner.connect()) as pg.PoolClient;
    const columns = [...cells, ...texts].map((sql, place) => `${sql} AS cell_${place}`);
    const quoted = texts.map((_, place) => `cell_${cells.length + place}`);
    const select = `SELECT ${columns.join(', ')} FROM ${table}
      WHERE ${where} AND ${isAfter(order, parameters.length)}`;
    const values = [...parameters, ...after];
    // COPY takes no parameters.
    const filledIn = select.replaceAll(/\$(\d+)/g, (_, number) =>
      client.escapeLiteral(String(values[Number(number) - 1])),
    );
    const sql = `COPY (${filledIn}) TO STDOUT
      (FORMAT csv, DELIMITER ' ', QUOTE '''', FORCE_QUOTE (${quoted.join(', ')}))`;
    await readCopied(client, sql, take, slices);
  }
}

/** Condition for the rows after those values, which come after `before` other parameters. */
function isAfter(order: readonly string[], before: number): string {
  const values = order.map((_, place) => `$${before + place + 1}`);
  return `(${order.join(', ')}) > (${values.join(', ')})`;
}
