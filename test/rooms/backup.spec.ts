import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '../../src/database/backup-check.js';
import { copyDatabase } from '../../src/database/sqlite-backup.js';
import { SqliteRestore } from '../../src/database/sqlite-restore.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { Sqlite } from '../../src/database/sqlite.js';

describe('a backup of SQLite', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let path: string;
  let good: string;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', manyValutes(10)));
    database = await createSqlite();
    path = database.url.slice('sqlite:'.length);
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    good = join(mkdtempSync(join(tmpdir(), 'kurs-backup-')), 'deep', 'kurs.db');
    copyDatabase(path, good);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const create = async (code: string) => {
    const body = withBody('POST', { code, name: code, value: '1.5' });
    expect((await fetch(`${kurs.url}/rates/create`, body)).status).toBe(201);
  };
  /** A copy of the good one that something was done to. */
  const spoilt = (statement: string) => {
    const copy = `${good}.${Math.random()}`;
    copyFileSync(good, copy);
    const rows = new Sqlite(copy);
    rows.pragma('foreign_keys = OFF');
    rows.exec(statement);
    rows.close();
    return checkBackup(copy).complaints;
  };

  it('is one whole file, made while the service writes', async () => {
    const written: Promise<void>[] = [];
    for (let copy = 0; copy < 5; copy += 1) {
      written.push(create('DURING'));
      copyDatabase(path, good);
      const { complaints, events, rates } = checkBackup(good);
      expect(complaints).toEqual([]);
      expect(rates).toBe(events.last);
    }
    await Promise.all(written);
    expect(readdirSync(join(good, '..'))).toEqual(['kurs.db']);
    copyDatabase(path, good);
    expect(checkBackup(good)).toMatchObject({
      ...{ rates: 15, events: { first: 1, last: 15 }, newest_effective_date: '2026-04-24' },
      ...{ complaints: [], pending: [] },
    });
  });

  it('leaves nothing behind when it fails', () => {
    const target = join(good, '..', 'none.db');
    expect(() => copyDatabase(`${path}.none`, target)).toThrow(/There is no database/);
    writeFileSync(`${good}.text`, 'no database'.repeat(1_000));
    expect(() => copyDatabase(`${good}.text`, target)).toThrow(/not a database/);
    expect(existsSync(target) || existsSync(`${target}.partial`)).toBe(false);
  });

  it('never takes the place of the database itself, by whatever name', async () => {
    const links = mkdtempSync(join(tmpdir(), 'kurs-links-'));
    const [symbolic, hard] = [join(links, 'symbolic.db'), join(links, 'hard.db')];
    symlinkSync(path, symbolic);
    linkSync(path, hard);
    for (const name of [path, symbolic, hard]) {
      expect(() => copyDatabase(path, name)).toThrow(/is the database itself/);
    }
    await create('AFTER');
    copyDatabase(path, good);
    expect(checkBackup(good).complaints).toEqual([]);
  });

  it.each(['-wal', '-shm', '.service-lock'])(
    'takes no place beside which there is a %s: another database lives there',
    (end) => {
      const place = join(mkdtempSync(join(tmpdir(), 'kurs-live-')), 'kurs.db');
      writeFileSync(place, 'alive');
      writeFileSync(place + end, '');
      expect(() => copyDatabase(path, place)).toThrow(/is the place of a database in use/);
      expect(readFileSync(place, 'utf8')).toBe('alive');
    },
  );

  it.each([
    ['DELETE FROM event_log WHERE seq = 3', /gaps: \d+ events from 1 to \d+/],
    ["UPDATE store SET log_id = ''", /no log_id/],
    ['DROP TABLE rate_revisions', /no database of Kurs: it has no table rate_revisions/],
    ["INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')", /newer Kurs: .* Later1/],
    ['UPDATE rates SET document_id = 99999 WHERE id = 1', /row 1 of rates refers to a row/],
  ])('is refused after %s', (statement, complaint) => {
    expect(spoilt(statement)).toEqual([expect.stringMatching(complaint)]);
  });

  it('is refused when bytes in it are other than they were', () => {
    const copy = `${good}.damaged`;
    copyFileSync(good, copy);
    const rows = new Sqlite(copy);
    const rootPage = "SELECT rootpage FROM sqlite_master WHERE name = 'rate_revisions_of_rate'";
    const page = rows.prepare(rootPage).pluck().get() as number;
    rows.close();
    damage(copy, page);
    expect(checkBackup(copy).complaints[0]).toMatch(/^integrity_check: /);
    expect(checkBackup(`${good}.nowhere`).complaints).toEqual(['there is no such file']);
  });

  it('takes no place that somebody uses, and leaves it as it was', async () => {
    expect(() => SqliteRestore.begin(path)).toThrow(/Another Kurs service is running/);
    await create('STILL');
    const copy = join(mkdtempSync(join(tmpdir(), 'kurs-restore-')), 'kurs.db');
    copyDatabase(good, copy);
    const command = new Sqlite(copy);
    command.pragma('journal_mode = WAL');
    command.exec("UPDATE store SET log_id = 'mine'");
    expect(() => SqliteRestore.begin(copy)).toThrow(/locked by another writer/);
    command.close();
    const restore = SqliteRestore.begin(copy);
    restore.bring(good);
    restore.end();
    expect(readdirSync(join(copy, '..'))).toEqual(['kurs.db', 'kurs.db.service-lock']);
    expect(checkBackup(copy).log_id).toBe('mine');
  });

  it('takes the place of a damaged database, which is kept', () => {
    const place = join(mkdtempSync(join(tmpdir(), 'kurs-restore-')), 'kurs.db');
    writeFileSync(place, 'no database'.repeat(1_000));
    const restore = SqliteRestore.begin(place);
    restore.bring(good);
    const aside = restore.finish(new Date('2026-04-25T10:00:00.123Z'));
    restore.end();
    expect(aside).toBe(`${place}.before-20260425T100000Z`);
    expect(existsSync(aside ?? '')).toBe(true);
    expect(checkBackup(place).complaints).toEqual([]);
  });
});

const PAGE_BYTES = 4_096;

function damage(path: string, page: number): void {
  const database = new Sqlite(path, { readonly: true });
  const bytes = database.serialize();
  database.close();
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
  writeFileSync(path, bytes);
}
