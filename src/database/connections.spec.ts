import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../test/support/eventually.js';
import { settingsFrom } from '../config/environment.js';
import { Connections, type DatabaseRole } from './connections.js';
import {
  MIGRATION_NAMES,
  migratorOptions,
  readerOptions,
  writerOptions,
} from './data-source.options.js';
import { Sqlite } from './sqlite.js';
import { StoreEntity } from './store.entity.js';

describe('connections to a SQLite file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kurs-connections-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = (name: string, role: DatabaseRole) =>
    Connections.open(
      settingsFrom({ DATABASE_URL: `sqlite:${join(folder, name)}` }),
      [StoreEntity],
      role,
    );

  it('wait to migrate while another process holds the lock', async () => {
    const other = new Sqlite(join(folder, 'kurs.db'));
    other.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
    const prepared = jest.spyOn(Sqlite.prototype, 'prepare');
    const opened = open('kurs.db', 'command');
    const triesForIt = () => prepared.mock.calls.some(([sql]) => sql === 'BEGIN IMMEDIATE');
    await Promise.race([opened, eventually('it tries for the lock', triesForIt)]);
    other.exec('CREATE TABLE meanwhile (id INTEGER); COMMIT');
    other.close();
    const { reader } = await opened;
    const rows = await reader.query<{ name: string }[]>('SELECT name FROM migrations');
    expect(rows.map(({ name }) => name)).toEqual(MIGRATION_NAMES);
    await (await opened).close();
  });

  it('belong to one service, under whatever name another opens the file', async () => {
    await (await open('kurs.db', 'command')).close();
    symlinkSync(join(folder, 'kurs.db'), join(folder, 'link.db'));
    const first = await open('link.db', 'service');
    await expect(open('kurs.db', 'service')).rejects.toMatchObject({ code: 'database.in_use' });
    await first.close();
  });
});

describe('connections to PostgreSQL', () => {
  it.each([
    [writerOptions, 10_000],
    [readerOptions, 30_000],
    [migratorOptions, undefined],
  ])('of %p wait %p ms for an answer', (optionsOf, expected) => {
    const options = optionsOf(settingsFrom({ DATABASE_URL: 'postgres://db/kurs' }), []);
    const { keepAlive, query_timeout } = options.extra as Record<string, unknown>;
    expect({ keepAlive, query_timeout }).toEqual({ keepAlive: true, query_timeout: expected });
  });
});
