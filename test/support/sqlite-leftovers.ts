import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Sqlite } from '../../src/database/sqlite.js';

/** Runs a statement and leaves it only in the WAL, like a process that is killed before its checkpoint. */
export function leaveInLog(path: string, statement: string): void {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.exec(statement);
  const left = ['', '-wal'].map((end) => path + end);
  for (const file of left) copyFileSync(file, `${file}.left`);
  // Closing the last connection checkpoints the WAL.
  database.close();
  for (const file of left) {
    copyFileSync(`${file}.left`, file);
    rmSync(`${file}.left`);
  }
}

/** Suffixes of files with the name of a database in its folder; times are replaced by `T`. */
export function besides(path: string): string[] {
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => name.slice(basename(path).length).replace(/\d{8}T\d{6}Z/, 'T'))
    .sort();
}

/** Contents of all files with the name of a database as prefix. */
export function bytesUnder(path: string): Buffer[] {
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => readFileSync(`${dirname(path)}/${name}`));
}
