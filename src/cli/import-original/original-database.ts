import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { messageOf } from '../../common/message-of.js';
import { Sqlite } from '../../database/sqlite.js';
import { UnusableFileError } from './import-original.errors.js';
import type { OriginalRow } from './original-row.js';

const COLUMNS = ['id', 'code', 'name', 'value', 'created_at'] as const;
const PAGE_ROWS = 200;

/** The SQLite file of the original service, opened read-only. */
export class OriginalDatabase {
  /** SQLite stores any bytes as text, and its driver replaces invalid ones. */
  private readonly text: TextDecoder;

  private constructor(
    private readonly database: Database.Database,
    /** The table of rates. */
    readonly table: string,
  ) {
    const encoding = database.pragma('encoding', { simple: true }) as string;
    this.text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /**
   * @param wanted the table; by default the only one that has the columns of a rate
   * @throws UnusableFileError
   */
  static open(path: string, wanted: string | undefined): OriginalDatabase {
    if (!existsSync(path)) throw new UnusableFileError(`There is no file ${path}`);
    let database: Database.Database | undefined;
    try {
      database = new Sqlite(path, { readonly: true, fileMustExist: true });
      return new OriginalDatabase(database, tableOf(database, path, wanted));
    } catch (thrown) {
      database?.close();
      if (thrown instanceof UnusableFileError) throw thrown;
      throw new UnusableFileError(`${path} cannot be read: ${messageOf(thrown)}`, {
        cause: thrown,
      });
    }
  }

  get count(): number {
    return this.database
      .prepare(`SELECT COUNT(*) FROM ${quoted(this.table)}`)
      .pluck()
      .get() as number;
  }

  /** All rows in the order of their rowid. Pages are separate queries: the file is not locked between them. */
  *pages(): Generator<OriginalRow[]> {
    const select = this.database.prepare(
      `SELECT rowid AS rowid, ${COLUMNS.map((name) => `${quoted(name)} AS ${name}`).join(', ')},
       CASE typeof(name) WHEN 'text' THEN CAST(name AS BLOB) END AS name_bytes FROM ${quoted(this.table)}
       WHERE rowid > ? ORDER BY rowid LIMIT ${PAGE_ROWS}`,
    );
    for (let last = Number.MIN_SAFE_INTEGER; ;) {
      const rows = select.all(last) as (OriginalRow & { name_bytes: Buffer | null })[];
      const page = rows.map(({ name_bytes, ...row }) =>
        name_bytes === null ? row : { ...row, name: this.textIn(name_bytes) },
      );
      if (page.length > 0) yield page;
      if (page.length < PAGE_ROWS) return;
      last = page.at(-1)?.rowid ?? last;
    }
  }

  close(): void {
    this.database.close();
  }

  /** Returns invalid text as bytes. */
  private textIn(bytes: Buffer): string | Buffer {
    try {
      return this.text.decode(bytes);
    } catch {
      return bytes;
    }
  }
}

function tableOf(database: Database.Database, path: string, wanted: string | undefined): string {
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  if (names.includes('event_log') && names.includes('rate_revisions')) {
    throw new UnusableFileError(`${path} is a database of Kurs; restore it with "kurs restore"`);
  }
  if (wanted !== undefined) {
    if (!names.includes(wanted)) {
      throw new UnusableFileError(`${path} has no table ${wanted}; its tables: ${listed(names)}`);
    }
    const missing = missingIn(database, wanted);
    if (missing.length === 0) return wanted;
    throw new UnusableFileError(`Table ${wanted} lacks the columns ${missing.join(', ')}`);
  }
  const matching = names.filter((name) => missingIn(database, name).length === 0);
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  throw new UnusableFileError(
    only === undefined
      ? `${path} has no table with the columns ${COLUMNS.join(', ')}; its tables: ${listed(names)}`
      : `${path} has several tables of rates: ${listed(matching)}; choose one with --table`,
  );
}

function missingIn(database: Database.Database, table: string): string[] {
  const columns = database.pragma(`table_info(${quoted(table)})`) as { name: string }[];
  const known = new Set(columns.map(({ name }) => name.toLowerCase()));
  return COLUMNS.filter((name) => !known.has(name));
}

function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
