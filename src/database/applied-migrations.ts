import type { DataSource } from 'typeorm';
import { unknownAmong } from './data-source.options.js';
import { NewerDatabaseError } from './database.errors.js';

/** Names of the migrations that ran on an open database; empty if the table `migrations` does not exist. */
export async function appliedOn(source: DataSource): Promise<string[]> {
  const lookUp =
    source.options.type === 'postgres'
      ? `SELECT to_regclass('migrations') AS found`
      : "SELECT MAX(name) AS found FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
  const [row] = await source.query<{ found: string | null }[]>(lookUp);
  if (typeof row?.found !== 'string') return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations');
  return rows.map(({ name }) => name);
}

/** @throws NewerDatabaseError */
export function rejectNewer(applied: readonly string[]): void {
  const unknown = unknownAmong(applied);
  if (unknown.length > 0) throw new NewerDatabaseError(unknown);
}
