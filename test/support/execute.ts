import { Client } from 'pg';
import { Sqlite } from '../../src/database/sqlite.js';

/** Changes a database without the service. */
export async function execute(databaseUrl: string, statement: string): Promise<void> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Sqlite(databaseUrl.slice('sqlite:'.length));
    database.exec(statement);
    database.close();
    return;
  }
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
