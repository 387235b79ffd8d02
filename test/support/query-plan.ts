import { Client } from 'pg';
import { Sqlite } from '../../src/database/sqlite.js';

/** Query plan of the engine, as text, with sequential scans only if no index is usable. */
export function indexedPlan(
  databaseUrl: string,
  query: string,
  parameters: unknown[],
): Promise<string> {
  return planOf(databaseUrl, query, parameters, 'SET enable_seqscan = off');
}

/** Query plan of the engine, as text. */
export function queryPlan(
  databaseUrl: string,
  query: string,
  parameters: unknown[],
): Promise<string> {
  return planOf(databaseUrl, query, parameters, 'ANALYZE');
}

async function planOf(
  databaseUrl: string,
  query: string,
  parameters: unknown[],
  /** Statement that PostgreSQL runs first. */
  before: string,
): Promise<string> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Sqlite(databaseUrl.slice('sqlite:'.length), { readonly: true });
    try {
      const statement = database.prepare(`EXPLAIN QUERY PLAN ${query}`);
      // In SQLite `$1`, `$2` … are names; `?` are positions.
      const named = Object.fromEntries(parameters.map((value, index) => [index + 1, value]));
      const rows = query.includes('$1') ? statement.all(named) : statement.all(...parameters);
      return (rows as { detail: string }[]).map(({ detail }) => detail).join('\n');
    } finally {
      database.close();
    }
  }
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    await client.query(before);
    const { rows } = await client.query<Record<string, string>>(`EXPLAIN ${query}`, parameters);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
}
