import type Database from 'better-sqlite3';

type Parameter = string | number | null;

/** Frequent SQLite statements: prepared once, and run without TypeORM. */
export class SqliteStatements {
  private readonly prepared = new Map<string, Database.Statement>();

  constructor(readonly connection: Database.Database) {}

  /**
   * Rows of a statement with the parameters `$1`, `$2` …. SQLite takes them as names, so their values are bound as
   * one object.
   */
  rows(sql: string, parameters: readonly Parameter[]): unknown[] {
    const statement = this.kept(sql, () => this.connection.prepare(sql));
    return parameters.length === 0 ? statement.all() : statement.all(named(parameters));
  }

  /**
   * The same rows as arrays of cells, for integers and texts only. SQLite builds one JSON text of all rows: passing
   * single cells takes nearly twice as long.
   */
  cells(sql: string, parameters: readonly Parameter[]): unknown[][] {
    const statement = this.kept(`cells of ${sql}`, () => this.asOneText(sql));
    return JSON.parse(statement.get(named(parameters)) as string) as unknown[][];
  }

  /** Number of rows, and the joined bytes of the column `line`. */
  lines(sql: string, parameters: readonly Parameter[]): unknown {
    const statement = this.kept(`lines of ${sql}`, () => this.asOneBlob(sql));
    return statement.get(named(parameters));
  }

  private asOneText(sql: string): Database.Statement {
    const columns = this.connection.prepare(sql).columns();
    const list = columns.map(({ name }) => `"${name}"`).join();
    // SQLite keeps the order of a subquery in an order-dependent aggregate.
    const text = `SELECT json_group_array(json_array(${list})) FROM (${sql})`;
    return this.connection.prepare(text).pluck();
  }

  /** BLOB: better-sqlite3 takes longer to decode the text than everything else takes. */
  private asOneBlob(sql: string): Database.Statement {
    const joined = `SELECT COUNT(*), CAST(COALESCE(group_concat(line, ''), '') AS BLOB) FROM (${sql})`;
    return this.connection.prepare(joined).raw();
  }

  private kept(key: string, prepare: () => Database.Statement): Database.Statement {
    let statement = this.prepared.get(key);
    if (statement === undefined) {
      statement = prepare();
      this.prepared.set(key, statement);
    }
    return statement;
  }
}

function named(parameters: readonly Parameter[]): Record<string, Parameter> {
  return Object.fromEntries(parameters.map((value, index) => [index + 1, value]));
}
