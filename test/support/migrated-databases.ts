import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Sqlite } from '../../src/database/sqlite.js';
import { createPostgres, createSqlite, type TestDatabase } from './databases.js';
import { OpenedDatabase } from './opened-database.js';

const TEMPLATE = 'kurs_template';
/** Advisory lock: one worker migrates the template, the others wait. */
const TEMPLATE_LOCK = 7_418_529;
const NEW_LOG_ID = 'UPDATE store SET log_id = ';

/** Database of a single test with all migrations: a copy of a template that is migrated once. */
export function migratedDatabase(engine: string): Promise<TestDatabase> {
  return engine === 'SQLite' ? migratedSqlite() : migratedPostgres();
}

async function migratedSqlite(): Promise<TestDatabase> {
  // One template per worker needs no lock.
  const template = join(tmpdir(), `kurs-migrated-${process.pid}.db`);
  if (!existsSync(template)) {
    const draft = await createSqlite();
    await migrate(draft.url);
    renameSync(pathOf(draft), template);
    await draft.drop();
  }
  const database = await createSqlite();
  copyFileSync(template, pathOf(database));
  const copy = new Sqlite(pathOf(database));
  copy.exec(`${NEW_LOG_ID}'${randomUUID()}'`);
  copy.close();
  return database;
}

async function migratedPostgres(): Promise<TestDatabase> {
  const server = process.env.KURS_TEST_POSTGRES ?? '';
  await connected(`${server}/postgres`, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const isThere = 'SELECT FROM pg_database WHERE datname = $1 AND datistemplate';
    const { rowCount } = await client.query(isThere, [TEMPLATE]);
    if (rowCount === 1) return;
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    await migrate(`${server}/${TEMPLATE}`);
    await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
  });
  const database = await createPostgres(TEMPLATE);
  await connected(database.url, (client) => client.query(`${NEW_LOG_ID}'${randomUUID()}'`));
  return database;
}

async function migrate(url: string): Promise<void> {
  await (await OpenedDatabase.open(url)).close();
}

function pathOf({ url }: TestDatabase): string {
  return url.slice('sqlite:'.length);
}

async function connected(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
