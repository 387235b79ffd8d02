import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** Database of a single test. */
export interface TestDatabase {
  /** For DATABASE_URL. */
  url: string;
  drop(): Promise<void>;
}

/** Both engines, for `describe.each`; KURS_TEST_ENGINES restricts them (test/mutation). */
export const databases = [
  { engine: 'SQLite', create: createSqlite },
  { engine: 'PostgreSQL', create: createPostgres },
].filter(({ engine }) => process.env.KURS_TEST_ENGINES?.split(',').includes(engine) ?? true);

/** Whether a block runs for another than the first engine: rules that no engine can change have been tested. */
export function isRepeated(engine: string): boolean {
  return engine !== databases[0]?.engine;
}

export function createSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-sqlite-'));
  return Promise.resolve({
    url: `sqlite:${join(folder, 'kurs.db')}`,
    drop: async () => rm(folder, { recursive: true, force: true }),
  });
}

/** Empty, or a copy of `template`. @param options of CREATE DATABASE */
export async function createPostgres(template = 'template1', options = ''): Promise<TestDatabase> {
  const name = `kurs_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template} ${options}`);
  return {
    url: `${process.env.KURS_TEST_POSTGRES}/${name}`,
    drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function administer(statement: string): Promise<void> {
  const client = new Client(`${process.env.KURS_TEST_POSTGRES}/postgres`);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
