import type Database from 'better-sqlite3';

type Parameter = string | number | null;

/** Statements of SQLite that are asked all the time: prepared once, and asked without anybody in between. */
export class SqliteStatements {
  private readonly prepared = new Map<string, Database.Statement>();

  constructor(readonly connection: Database.Database) {}

  /** The rows of a statement whose parameters are `$1`, `$2` …: names to SQLite, whose values are one object. */
  rows(sql: string, parameters: readonly Parameter[]): unknown[] {
    const statement = this.kept(sql, () => this.connection.prepare(sql));
    return parameters.length === 0 ? statement.all() : statement.all(named(parameters));
  }

  /**
   * The same rows as lists of their cells, whole numbers and texts alone. SQLite makes one JSON text of all of
   * them: handed over cell by cell they take nearly twice as long.
   */
  cells(sql: string, parameters: readonly Parameter[]): unknown[][] {
    const statement = this.kept(`cells of ${sql}`, () => this.asOneText(sql));
    return JSON.parse(statement.get(named(parameters)) as string) as unknown[][];
  }

  /** How many rows a statement has, its largest `row_id`, and the bytes of the column `line` of all of them. */
  lines(sql: string, parameters: readonly Parameter[]): unknown {
    const statement = this.kept(`lines of ${sql}`, () => this.asOneBlob(sql));
    return statement.get(named(parameters));
  }

  private asOneText(sql: string): Database.Statement {
    const columns = this.connection.prepare(sql).columns();
    const list = columns.map(({ name }) => `"${name}"`).join();
    // SQLite keeps the order of a subquery for an aggregate that depends on it.
    const text = `SELECT json_group_array(json_array(${list})) FROM (${sql})`;
    return this.connection.prepare(text).pluck();
  }

  /** As bytes: SQLite's driver takes longer to make a text of them than all else does. */
  private asOneBlob(sql: string): Database.Statement {
    const joined = `SELECT COUNT(*), COALESCE(MAX(row_id), 0),
      CAST(COALESCE(group_concat(line, ''), '') AS BLOB) FROM (${sql})`;
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
