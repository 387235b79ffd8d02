import { Client } from 'pg';
import { Sqlite } from '../../src/database/sqlite.js';

/** Entry of the event log, read without the service. */
export interface LogLine {
  seq: number;
  event_id: string;
  event: string;
  code: string;
  payload: string;
  rate_id: number;
}

/** Stored rate. */
export interface StoredRate {
  id: number;
  code: string;
  name: string;
  nominal: number;
  value: string;
  created_at: string;
  effective_date: string;
  source: string;
}

/** Reads the event log of a database, with or without a running service. */
export function readLog(databaseUrl: string): Promise<LogLine[]> {
  return readRows<LogLine>(
    databaseUrl,
    'SELECT seq, event_id, event, code, payload, rate_id FROM event_log ORDER BY seq',
  );
}

/** All rates. */
export function readRates(databaseUrl: string): Promise<StoredRate[]> {
  return readRows(
    databaseUrl,
    'SELECT id, code, name, nominal, value, created_at, effective_date, source FROM rates ORDER BY id',
  );
}

/** Rows of any query. */
export async function readRows<Row>(databaseUrl: string, query: string): Promise<Row[]> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Sqlite(databaseUrl.slice('sqlite:'.length), { readonly: true });
    try {
      return database.prepare(query).all() as Row[];
    } finally {
      database.close();
    }
  }
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(query);
    return rows.map((row) => ('seq' in row ? { ...row, seq: Number(row.seq) } : row) as Row);
  } finally {
    await client.end();
  }
}
