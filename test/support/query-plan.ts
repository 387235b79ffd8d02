import { Client } from 'pg';
import { Sqlite } from '../../src/database/sqlite.js';

/** How the engine would run the query, as text. */
export async function queryPlan(
  databaseUrl: string,
  query: string,
  parameters: unknown[],
): Promise<string> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Sqlite(databaseUrl.slice('sqlite:'.length), { readonly: true });
    try {
      const rows = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...parameters);
      return (rows as { detail: string }[]).map(({ detail }) => detail).join('\n');
    } finally {
      database.close();
    }
  }
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    await client.query('ANALYZE');
    const { rows } = await client.query<Record<string, string>>(`EXPLAIN ${query}`, parameters);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
}
