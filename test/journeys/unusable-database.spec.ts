import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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
  const fileWith = (text: string) => {
    const path = join(folder(), 'notes.txt');
    writeFileSync(path, text);
    return path;
  };
  const linkToItself = () => {
    const path = join(folder(), 'loop.db');
    symlinkSync('loop.db', path);
    return path;
  };
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

  /** Root may write anywhere else. */
  it.each([
    ['below a file system that takes no folders', () => '/proc/kurs/kurs.db'],
    ['in a file system that takes no files', () => '/proc/kurs.db'],
    ['below a device', () => '/dev/null/kurs.db'],
    ['a device', () => '/dev/null'],
    ['a full device', () => '/dev/full'],
    ['below a file', () => join(fileWith('Remember the milk. '), 'kurs.db')],
    ['a text', () => fileWith('Remember the milk. ')],
    ['the beginning of a database', () => fileWith('SQLite format 3\0')],
    ['a link to itself', linkToItself],
    ['a name that is too long', () => join(folder(), 'a'.repeat(300))],
  ])('ends the start with one sentence and one suggestion if it is %s', async (_, pathOf) => {
    const path = pathOf();
    const { code, complained } = await start(`sqlite:${path}`);
    expect(code).toBe(1);
    // Nest warns of the second start in the same process.
    const [line, ...more] = complained
      .replace(/^.* WARN .*\n/gm, '')
      .trim()
      .split('\n');
    expect(more).toEqual([]);
    expect(line).toMatch(/ FATAL .*(?:; .* or set DATABASE_URL to |; check DATABASE_URL)/);
  });

  it.each(['fetch', 'backup'])('does not keep %s waiting for a folder in /proc', async (name) => {
    const own = name === 'backup' ? await createSqlite() : undefined;
    if (own) await run(own.url, 'fetch');
    const { code, complained } = own
      ? await run(own.url, name, '/proc/kurs/copy.db')
      : await run('sqlite:/proc/kurs/kurs.db', name);
    expect([code, complained]).toEqual([1, expect.stringMatching(/^.*mkdir '\/proc\/kurs'.*\n$/)]);
    await own?.drop();
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
    const text = fileWith('Remember the milk. '.repeat(99));
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
