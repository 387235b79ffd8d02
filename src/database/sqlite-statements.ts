import type Database from 'better-sqlite3';

type Parameter = string | number | null;

/** Statements of SQLite that are asked all the time: prepared once, and asked without anybody in between. */
export class SqliteStatements {
  private readonly prepared = new Map<string, Database.Statement>();

  constructor(readonly connection: Database.Database) {}

  /** The rows of a statement whose parameters are `$1`, `$2` …: names to SQLite, whose values are one object. */
  rows(sql: string, parameters: readonly Parameter[]): unknown[] {
    const statement = this.statement(sql);
    if (parameters.length === 0) return statement.all();
    return statement.all(Object.fromEntries(parameters.map((value, index) => [index + 1, value])));
  }

  private statement(sql: string): Database.Statement {
    let statement = this.prepared.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare(sql);
      this.prepared.set(sql, statement);
    }
    return statement;
  }
}
