import type Database from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { messageOf } from '../common/message-of.js';
import { pendingAfter, unknownAmong } from './data-source.options.js';
import { Sqlite } from './sqlite.js';

/** Result of checking a file that should be a Kurs database. */
export interface BackupReport {
  bytes: number;
  /** Defects; empty if the file can replace a database. */
  complaints: string[];
  /** Migrations that this version of Kurs would run on it. */
  pending: string[];
  log_id: string | undefined;
  /** First and last `seq` of the event log; both 0 if it is empty. */
  events: { first: number; last: number };
  rates: number;
  newest_effective_date: string | null;
}

const TABLES = ['store', 'rates', 'rate_revisions', 'documents', 'event_log', 'migrations'];
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a backup completely, read-only, and reports all defects. */
export function checkBackup(path: string): BackupReport {
  const report: BackupReport = {
    ...{ bytes: 0, complaints: [], pending: [], log_id: undefined },
    ...{ events: { first: 0, last: 0 }, rates: 0, newest_effective_date: null },
  };
  if (!existsSync(path)) {
    report.complaints.push('there is no such file');
    return report;
  }
  report.bytes = statSync(path).size;
  try {
    const database = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      examine(database, report);
    } finally {
      database.close();
    }
  } catch (thrown) {
    report.complaints.push(`it cannot be read: ${messageOf(thrown)}`);
  }
  return report;
}

function examine(database: Database.Database, report: BackupReport): void {
  const { complaints } = report;
  const tables = column<string>(database, "SELECT name FROM sqlite_master WHERE type = 'table'");
  const missing = TABLES.filter((name) => !tables.includes(name));
  if (missing.length > 0) {
    complaints.push(`it is not a Kurs database: it has no table ${missing.join(', ')}`);
    return;
  }
  const damage = column<string>(database, 'PRAGMA integrity_check').filter((line) => line !== 'ok');
  complaints.push(...damage.map((line) => `integrity_check: ${line}`));
  const orphans = database.pragma('foreign_key_check') as { table: string; rowid: number }[];
  complaints.push(
    ...orphans.map(
      ({ table, rowid }) => `row ${rowid} of ${table} refers to a row that is missing`,
    ),
  );
  const applied = column<string>(database, 'SELECT name FROM migrations ORDER BY id');
  const unknown = unknownAmong(applied);
  if (unknown.length > 0) {
    complaints.push(`it was made by a newer Kurs, which ran ${unknown.join(', ')}`);
  }
  report.pending = pendingAfter(applied);
  examineLog(database, report);
  report.rates = column<number>(database, 'SELECT COUNT(*) FROM rates')[0] ?? 0;
  const newest = "SELECT MAX(effective_date) FROM rates WHERE source = 'cbr'";
  report.newest_effective_date = column<string | null>(database, newest)[0] ?? null;
}

function examineLog(database: Database.Database, report: BackupReport): void {
  const { complaints } = report;
  const [log_id] = column<string>(database, 'SELECT log_id FROM store');
  report.log_id = log_id;
  if (log_id === undefined || !UUID.test(log_id)) complaints.push('its event log has no log_id');
  const [first, last, count] = database
    .prepare('SELECT MIN(seq), MAX(seq), COUNT(*) FROM event_log')
    .raw()
    .get() as [number | null, number, number];
  if (first === null) return;
  report.events = { first, last };
  if (last - first + 1 !== count) {
    complaints.push(`its event log has gaps: ${count} events from ${first} to ${last}`);
  }
}

/** First column of every row. */
function column<Value>(database: Database.Database, query: string): Value[] {
  return database.prepare(query).pluck().all() as Value[];
}
