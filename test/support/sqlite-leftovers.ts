import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Sqlite } from '../../src/database/sqlite.js';

/** Runs a statement and leaves it in the `-wal` alone, as a process does that is killed before its checkpoint. */
export function leaveInLog(path: string, statement: string): void {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.exec(statement);
  const left = ['', '-wal'].map((end) => path + end);
  for (const file of left) copyFileSync(file, `${file}.left`);
  // The last connection to close carries the log into the file.
  database.close();
  for (const file of left) {
    copyFileSync(`${file}.left`, file);
    rmSync(`${file}.left`);
  }
}

/** What lies in the folder of a database under its name, the rest of the names with a time replaced by `T`. */
export function besides(path: string): string[] {
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => name.slice(basename(path).length).replace(/\d{8}T\d{6}Z/, 'T'))
    .sort();
}

/** The bytes of every file under the name of a database. */
export function bytesUnder(path: string): Buffer[] {
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => readFileSync(`${dirname(path)}/${name}`));
}
