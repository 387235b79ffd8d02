import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sqlite } from '../../src/database/sqlite.js';

type Row = [code: unknown, name: unknown, value: unknown, created_at: unknown];

/** As created by `create_all` of SQLAlchemy. */
export const TABLE = (name: string) =>
  `CREATE TABLE ${name} (
	id INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	value FLOAT NOT NULL,
	created_at DATETIME,
	PRIMARY KEY (id)
)`;
/** Untyped columns, and names in capitals. */
export const LOOSE_TABLE = (name: string) =>
  `CREATE TABLE "${name}" ("ID" INTEGER PRIMARY KEY AUTOINCREMENT, "Code", "Name", "Value" REAL, "Created_At" TEXT, extra)`;

/** Creates a SQLite file of the original service with one table of rates; returns its path. */
export function originalFile(
  rows: Row[],
  table = 'rates',
  ...statements: [string, ...string[]] | []
): string {
  const path = join(mkdtempSync(join(tmpdir(), 'kurs-original-')), 'rates.db');
  const database = new Sqlite(path);
  for (const statement of statements.length > 0 ? statements : [TABLE(table)]) {
    database.exec(statement);
  }
  const insert = database.prepare(
    `INSERT INTO "${table}" (code, name, value, created_at) VALUES (?, ?, ?, ?)`,
  );
  database.transaction(() => rows.forEach((row) => insert.run(...row)))();
  database.close();
  return path;
}
