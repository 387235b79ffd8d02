import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { inspectDatabase } from '../../src/database/database-inspection.js';
import { copyDatabase } from '../../src/database/sqlite-backup.js';
import { Sqlite } from '../../src/database/sqlite.js';
import { StoreEntity } from '../../src/database/store.entity.js';
import { Connections } from '../../src/database/connections.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { DatabaseWatch } from '../../src/health/database-watch.js';
import { settingsFrom } from '../../src/config/environment.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { type ProblemBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Scrape } from '../support/metrics.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Report extends ProblemBody {
  checks: { database: { status: string; code?: string } };
}

const RATE = { code: 'TST', name: 'Test', value: '1.50' };

describe('a service whose SQLite file', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let path: string;
  let kurs: RunningKurs;
  let logged: jest.SpyInstance;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
    path = database.url.slice('sqlite:'.length);
    logged = jest.spyOn(Logger.prototype, 'error');
    await start(database.url);
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
    logged.mockRestore();
  });

  const start = async (url: string) => {
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: url };
    kurs = await startKurs(environment, new TestClock('2026-04-25T09:00:00Z'));
  };
  const answer = async (place: string, init?: RequestInit) => {
    const response = await fetch(`${kurs.url}${place}`, init);
    return { status: response.status, body: (await response.json()) as Report };
  };
  const create = async () => {
    const { status, body } = await answer('/v1/rates', withBody('POST', RATE));
    return [status, body.code];
  };
  const isUp = async () => (await Scrape.of(kurs.url)).value('kurs_database_up');
  const told = (words: RegExp) =>
    logged.mock.calls.filter(([message]) => words.test(String(message))).length;

  const expectDown = async (code: string) => {
    const ready = await answer('/health/ready');
    expect([ready.status, ready.body.code]).toEqual([503, code]);
    const health = await answer('/health');
    expect([health.status, health.body.checks.database]).toEqual([
      503,
      expect.objectContaining({ status: 'down', code }),
    ]);
    expect(await isUp()).toBe(0);
  };
  const expectDegraded = async (code: string) => {
    const { status, body } = await answer('/health');
    expect([status, body.status, body.checks.database]).toEqual([
      200,
      'degraded',
      expect.objectContaining({ status: 'degraded', code }),
    ]);
    expect((await answer('/health/ready')).status).toBe(200);
    expect(await isUp()).toBe(0);
  };
  const expectUp = async () => {
    const { body } = await answer('/health');
    expect(body.checks.database.status).toBe('up');
    expect((await answer('/health/ready')).status).toBe(200);
    expect(await isUp()).toBe(1);
  };

  describe('is no longer the file that a restart would open', () => {
    const beside = (end: string) => join(dirname(path), end);

    it.each<[string, () => void]>([
      ['removed', () => rmSync(path)],
      ['renamed', () => renameSync(path, `${path}.old`)],
      [
        'replaced by a copy',
        () => {
          copyDatabase(path, beside('copy.db'));
          renameSync(beside('copy.db'), path);
        },
      ],
      ['without its log', () => rmSync(`${path}-wal`)],
      ['without its shared memory', () => rmSync(`${path}-shm`)],
      ['in a folder that was renamed', () => renameSync(dirname(path), `${dirname(path)}-old`)],
    ])('because it is %s, acknowledges no write and is not ready', async (_, lose) => {
      expect(await create()).toEqual([201, 'TST']);
      await expectUp();
      lose();
      expect(await create()).toEqual([503, 'database.replaced']);
      await expectDown('database.replaced');
      expect(await create()).toEqual([503, 'database.replaced']);
      expect(told(/removed, renamed or replaced/)).toBe(1);
      mkdirSync(dirname(path), { recursive: true });
    });

    it('because a link points elsewhere now, acknowledges no write', async () => {
      await kurs.stop();
      const link = beside('link.db');
      symlinkSync(path, link);
      await start(`sqlite:${link}`);
      expect(await create()).toEqual([201, 'TST']);
      copyDatabase(path, beside('other.db'));
      rmSync(link);
      symlinkSync(beside('other.db'), link);
      expect(await create()).toEqual([503, 'database.replaced']);
    });

    it('does not acknowledge a write during which that happens', async () => {
      const write = kurs.get(UnitOfWork).run(async (unit) => {
        await unit.update(StoreEntity, { id: 1 }, { relayed_seq: 1 });
        rmSync(path);
      });
      await expect(write).rejects.toMatchObject({ code: 'database.replaced' });
    });

    it('logs it without a request, and recovers when the file is back', async () => {
      renameSync(path, `${path}.old`);
      await eventually('it looks', () => told(/removed, renamed or replaced/) === 1);
      renameSync(`${path}.old`, path);
      expect(await create()).toEqual([201, 'TST']);
      await expectUp();
    });
  });

  describe('rejects writes', () => {
    const readOnly = (state: 'ON' | 'OFF') =>
      kurs.get<Connections>(Connections as never).writer.query(`PRAGMA query_only = ${state}`);

    it('is ready for reads, but degraded, until a write succeeds', async () => {
      await readOnly('ON');
      expect(await create()).toEqual([503, 'database.read_only']);
      await expectDegraded('database.read_only');
      expect((await fetch(`${kurs.url}/v1/rates`)).status).toBe(200);
      await readOnly('OFF');
      expect(await create()).toEqual([201, 'TST']);
      await expectUp();
    });

    it('detects the failure and the recovery without any write', async () => {
      const watch = kurs.get(DatabaseWatch);
      await readOnly('ON');
      await watch.writeIfIdle(0);
      await expectDegraded('database.read_only');
      await readOnly('OFF');
      await watch.writeIfIdle(0);
      await expectUp();
    });

    it('because it is full, is degraded', async () => {
      const { writer } = kurs.get<Connections>(Connections as never);
      await writer.query('PRAGMA max_page_count = 1');
      await eventually('it is full', async () => (await create())[1] === 'database.full');
      await expectDegraded('database.full');
      // A write that needs no new page succeeds, and proves nothing.
      await kurs.get(DatabaseWatch).writeIfIdle(0);
      await expectDegraded('database.full');
    });
  });

  it('has an unreadable page answers 503, is not ready, and doctor reports why', async () => {
    await create();
    await kurs.stop();
    const file = new Sqlite(path);
    file.pragma('wal_checkpoint(TRUNCATE)');
    const pages = file
      .prepare(
        "SELECT pageno FROM dbstat JOIN sqlite_master USING (name) WHERE tbl_name = 'rate_revisions'",
      )
      .pluck()
      .all() as number[];
    file.close();
    const bytes = readFileSync(path);
    for (const page of pages) bytes.fill(0xff, (page - 1) * 4096, page * 4096);
    writeFileSync(path, bytes);
    await start(database.url);
    const { status, body } = await answer('/v1/rates/TST/revisions');
    expect([status, body.code]).toEqual([503, 'database.damaged']);
    await expectDown('database.damaged');
    expect(await create()).toEqual([503, 'database.damaged']);
    expect(told(/cannot be used: .*damaged/)).toBe(1);
    await expect(
      inspectDatabase(settingsFrom({ DATABASE_URL: database.url })),
    ).rejects.toMatchObject({ code: 'database.damaged' });
  });
});
