import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MIGRATION_NAMES } from '../../src/database/data-source.options.js';
import { withCommandHost } from '../support/command-host.js';
import { createPostgres, createSqlite } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { readRows } from '../support/log-reader.js';
import { originalFile } from '../support/original-file.js';

const PASSWORD = 's3same';
const NOWHERE = `postgres://kurs:${PASSWORD}@127.0.0.1:9/kurs`;
const NOBODY = { CBR_BASE_URL: 'http://127.0.0.1:9', NATS_URL: 'nats://127.0.0.1:9' };

describe('a database that cannot be used', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'kurs-unusable-'));
  const host = withCommandHost();
  const run = (url: string, name: string, ...words: string[]) =>
    host.run({ ...NOBODY, DATABASE_URL: url }, name, ...words);
  const start = (url: string) => host.failedStart({ ...NOBODY, DATABASE_URL: url });

  it.each(['start', 'fetch', 'export'])(
    'is named by %s without its password if PostgreSQL does not answer',
    async (name) => {
      const { code, complained } =
        name === 'start' ? await start(NOWHERE) : await run(NOWHERE, name);
      expect(code).toBe(1);
      expect(complained).toMatch(
        /database is unavailable.*: connect ECONNREFUSED 127\.0\.0\.1:9(?:; check DATABASE_URL .*)?$/m,
      );
      expect(complained.trim().split('\n')).toHaveLength(1);
      expect(complained).not.toContain(PASSWORD);
    },
  );

  it.each(['start', 'fetch', 'backup'])('is named by %s if it is a folder', async (name) => {
    const path = folder();
    const words = name === 'backup' ? [join(folder(), 'copy.db')] : [];
    const url = `sqlite:${path}`;
    const { code, complained } =
      name === 'start' ? await start(url) : await run(url, name, ...words);
    expect(code).toBe(1);
    expect(complained.trim()).toMatch(new RegExp(`: ${path}: .*(?:unable to open|disk I/O)`));
  });

  it.each(['export', 'events:new-log', 'events:republish'])(
    'is not created by %s, which needs stored rows',
    async (name) => {
      const place = folder();
      const words = name === 'events:republish' ? ['--since', '0'] : [];
      const path = join(place, 'typo.db');
      expect(await run(`sqlite:${path}`, name, ...words)).toEqual({
        code: 1,
        said: '',
        complained: `There is no database ${path}\n`,
      });
      expect(readdirSync(place)).toEqual([]);
      const postgres = await createPostgres();
      const { complained } = await run(postgres.url, name, ...words);
      expect(complained).toBe('There is no database of Kurs in PostgreSQL\n');
      const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
      expect(await readRows(postgres.url, tables)).toEqual([]);
      await postgres.drop();
    },
  );

  it.each(['start', 'fetch', 'export'])(
    'is not changed by %s if it belongs to another program',
    async (name) => {
      const path = originalFile([['USD', 'Dollar', 78.5, '2025-12-23 23:00:00']]);
      const before = readFileSync(path);
      const url = `sqlite:${path}`;
      const { code, complained } = name === 'start' ? await start(url) : await run(url, name);
      expect(code).toBe(1);
      expect(complained.trim()).toMatch(
        new RegExp(`${path} is not a database of Kurs(?:; move that file away, .*)?$`),
      );
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(readdirSync(dirname(path))).toEqual(['rates.db']);
    },
  );

  it('is distinguished from foreign databases and other files by doctor', async () => {
    const path = originalFile([]);
    expect((await run(`sqlite:${path}`, 'doctor')).said).toContain(
      `bad   database   ${path} is not a database of Kurs\n`,
    );
    const text = join(folder(), 'notes.txt');
    writeFileSync(text, 'Remember the milk. '.repeat(99));
    expect((await run(`sqlite:${text}`, 'doctor')).said).toContain(
      `bad   database   ${text} is not a database of Kurs`,
    );
    const place = folder();
    expect((await run(`sqlite:${place}`, 'doctor')).said).toMatch(
      new RegExp(`^bad   database .*: ${place}: `, 'm'),
    );
  });

  it('is not migrated by export', async () => {
    const database = await createSqlite();
    await run(database.url, 'fetch');
    await execute(
      database.url,
      'DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)',
    );
    const { code, complained } = await run(database.url, 'export');
    expect([code, complained]).toEqual([
      1,
      `The database is from an older Kurs; "npm run kurs -- start" runs ${MIGRATION_NAMES.at(-1)}\n`,
    ]);
    await database.drop();
  });
});
