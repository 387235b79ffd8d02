import {
  copyFileSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '../../src/database/backup-check.js';
import { backUp } from '../../src/database/sqlite-backup.js';
import { withBody } from '../support/json.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { Sqlite } from '../../src/database/sqlite.js';
import { withKurs } from '../support/with-kurs.js';

describe('a backup of SQLite', () => {
  let path: string;
  let good: string;

  const fixture = withKurs({
    sheets: [sheetXml('24.04.2026', manyValutes(10))],
    once: true,
  });
  const { kurs } = fixture;

  beforeAll(async () => {
    path = fixture.sqlitePath;
    good = join(mkdtempSync(join(tmpdir(), 'kurs-backup-')), 'deep', 'kurs.db');
    await backUp(path, good, { force: true });
  });

  const create = async (code: string) => {
    const body = withBody('POST', { code, name: code, value: '1.5' });
    expect((await fetch(`${kurs.url}/rates/create`, body)).status).toBe(201);
  };
  /** A copy of the good backup, changed by a statement. */
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
      const { complaints, events, rates } = await backUp(path, good, { force: true });
      expect(complaints).toEqual([]);
      expect(rates).toBe(events.last);
    }
    await Promise.all(written);
    expect(readdirSync(join(good, '..'))).toEqual(['kurs.db']);
    expect(await backUp(path, good, { force: true })).toMatchObject({
      ...{ rates: 15, events: { first: 1, last: 15 }, newest_effective_date: '2026-04-24' },
      ...{ complaints: [], pending: [] },
    });
  });

  it('leaves nothing behind when it fails', async () => {
    const target = join(good, '..', 'none.db');
    await expect(backUp(`${path}.none`, target, { force: false })).rejects.toThrow(
      /There is no database/,
    );
    writeFileSync(`${good}.text`, 'no database'.repeat(1_000));
    await expect(backUp(`${good}.text`, target, { force: false })).rejects.toThrow(
      /not a database/,
    );
    rmSync(`${good}.text`);
    expect(readdirSync(join(good, '..'))).toEqual(['kurs.db']);
  });

  it('is written by one command at a time, whatever a killed one left', async () => {
    const target = join(good, '..', 'busy.db');
    writeFileSync(`${target}.partial`, 'left by a command that was killed');
    writeFileSync(`${target}.partial-lock`, '');
    const first = backUp(path, target, { force: false });
    await expect(backUp(path, target, { force: true })).rejects.toMatchObject({
      code: 'database.file_in_use',
    });
    expect((await first).complaints).toEqual([]);
    await expect(backUp(path, target, { force: false })).rejects.toMatchObject({
      code: 'database.file_exists',
    });
    expect((await backUp(path, target, { force: true })).complaints).toEqual([]);
    rmSync(target);
    rmSync(`${target}.partial-lock`);
    expect(readdirSync(join(good, '..'))).toEqual(['kurs.db']);
  });

  it('never replaces the database itself, under any name', async () => {
    const links = mkdtempSync(join(tmpdir(), 'kurs-links-'));
    const [symbolic, hard] = [join(links, 'symbolic.db'), join(links, 'hard.db')];
    symlinkSync(path, symbolic);
    linkSync(path, hard);
    for (const name of [path, symbolic, hard]) {
      await expect(backUp(path, name, { force: true })).rejects.toThrow(/is the database itself/);
    }
    // One of the names has no log beside it, and nothing tells which.
    await expect(backUp(path, good, { force: true })).rejects.toThrow(/has 2 names/);
    rmSync(hard);
    await create('AFTER');
    await backUp(path, good, { force: true });
  });

  it.each(['-wal', '-shm', '-journal', '.service-lock'])(
    'does not replace a file beside which there is a %s: a live database is there',
    async (end) => {
      const place = join(mkdtempSync(join(tmpdir(), 'kurs-live-')), 'kurs.db');
      writeFileSync(place, 'alive');
      writeFileSync(place + end, '');
      await expect(backUp(path, place, { force: true })).rejects.toThrow(
        /may be a database in use/,
      );
      expect(readFileSync(place, 'utf8')).toBe('alive');
    },
  );

  it.each([
    ['DELETE FROM event_log WHERE seq = 3', /gaps: \d+ events from 1 to \d+/],
    ["UPDATE store SET log_id = ''", /no log_id/],
    ['DROP TABLE rate_revisions', /not a Kurs database: it has no table rate_revisions/],
    [
      "INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')",
      /newer Kurs, which ran Later1/,
    ],
    ['UPDATE rates SET document_id = 99999 WHERE id = 1', /row 1 of rates refers to a row/],
  ])('is rejected after %s', (statement, complaint) => {
    expect(spoilt(statement)).toEqual([expect.stringMatching(complaint)]);
  });

  it('is rejected when its bytes have changed', () => {
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
});

const PAGE_BYTES = 4_096;

function damage(path: string, page: number): void {
  const database = new Sqlite(path, { readonly: true });
  const bytes = database.serialize();
  database.close();
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
  writeFileSync(path, bytes);
}
