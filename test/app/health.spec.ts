import { Logger } from '@nestjs/common';
import { Readiness } from '../../src/http/server/readiness.js';
import { FetchLease } from '../../src/tasks/fetch-lease.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type ProblemBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Scrape } from '../support/metrics.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Lease {
  holder: string | null;
  held_here: boolean;
  until: string | null;
  vacant_seconds: number;
}
interface Checks {
  database: { status: string; code?: string };
  bank: { status: string };
  leases: { status: string; fetch: Lease; relay?: Lease };
}
interface Report {
  status: string;
  instance: string;
  checks: Checks;
}

/** A Saturday: its sheet is the newest possible one. */
const NOW = '2026-04-25T09:00:00Z';

describe.each(databases)('health on $engine', ({ engine, create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await create();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = await startKurs(environment, new TestClock(NOW));
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const answer = async (path: string) => {
    const response = await fetch(`${kurs.url}${path}`);
    const type = response.headers.get('content-type') ?? '';
    const body = (await response.json()) as ProblemBody & Report;
    return { status: response.status, type, body };
  };

  it('reports everything that an operator needs', async () => {
    const instant = expect.stringMatching(/^2026-\d\d-\d\dT[\d:.]+Z$/) as string;
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const { status, body } = await answer('/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      instance: uuid,
      checks: {
        service: { status: 'up' },
        database: {
          status: 'up',
          engine: engine === 'SQLite' ? 'sqlite' : 'postgres',
          ms: expect.any(Number) as number,
        },
        migrations: { status: 'up' },
        book: {
          status: 'up',
          versions: 1,
          bytes: expect.any(Number) as number,
          load_ms: expect.any(Number) as number,
        },
        bank: {
          status: 'up',
          freshness: 'fresh',
          newest_effective_date: '2026-04-25',
          expected_date: '2026-04-28',
          due_at: '2026-04-27T17:00:00.000Z',
          circuit: 'closed',
          last_success_at: '2026-04-25T09:00:00.000Z',
        },
        quarantine: { status: 'up', waiting: 0, oldest_date: null },
        broker: { status: 'up', state: 'disabled', jetstream: null, lacking: null, denied: [] },
        backlog: { status: 'up', events: 0, oldest_age_seconds: null },
        leases: {
          status: 'up',
          fetch: {
            holder: body.instance,
            held_here: true,
            until: engine === 'SQLite' ? null : instant,
            vacant_seconds: 0,
          },
        },
      },
    });
  });

  it('is not ready while the database schema is older than the service, and ready after a migration', async () => {
    const gone = `UPDATE migrations SET name = 'x' || name WHERE name LIKE 'Quarantine%'`;
    await execute(database.url, gone);
    const { status, type, body } = await answer('/health/ready');
    expect([status, body.code]).toEqual([503, 'health.migrations_pending']);
    expect(type).toBe('application/problem+json; charset=utf-8');
    expect(body.detail).toContain('Quarantine1795800000000');
    expect((await answer('/health')).body).toMatchObject({
      status: 503,
      code: 'health.migrations_pending',
      checks: {
        migrations: { status: 'down', code: 'health.migrations_pending' },
        database: { status: 'up' },
      },
    });
    await execute(
      database.url,
      `UPDATE migrations SET name = substr(name, 2) WHERE name LIKE 'xQua%'`,
    );
    expect((await answer('/health/ready')).body).toEqual({ status: 'ok', freshness: 'fresh' });
  });

  it('logs once why a reachable database cannot be used', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const rename = (from: string, to: string) =>
      execute(database.url, `ALTER TABLE ${from} RENAME TO ${to}`);
    for (const _ of ['broken', 'broken once more']) {
      await rename('migrations', 'gone');
      for (const path of ['/health/ready', '/health/ready', '/health']) {
        const { status, body } = await answer(path);
        expect([status, body.code]).toEqual([503, 'database.unavailable']);
        expect(body.detail).toBe('The database answers, but cannot be used; the log says why');
      }
      await rename('gone', 'migrations');
      expect((await answer('/health/ready')).status).toBe(200);
    }
    const why = expect.stringMatching(
      /^Not ready: the check "migrations" fails: .*migrations/,
    ) as string;
    expect(logged.mock.calls).toEqual([[why], [why]]);
    logged.mockRestore();
  });

  it('quotes no text of the database, which belongs in the log', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const warned = jest.spyOn(Logger.prototype, 'warn');
    const rename = (from: string, to: string) =>
      execute(database.url, `ALTER TABLE ${from} RENAME TO ${to}`);
    const tables = ['rates', 'quarantine', 'missing_sheets'];
    for (const table of tables) await rename(table, `${table}_gone`);
    const words = /no such table|relation/i;
    const run = await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    expect([run.status, await run.text()]).toEqual([500, expect.not.stringMatching(words)]);
    const { status, body } = await answer('/health');
    expect([status, body.status, body.checks.bank.status]).toEqual([200, 'degraded', 'degraded']);
    expect(JSON.stringify(body)).not.toMatch(words);
    for (const table of tables) await rename(`${table}_gone`, table);
    const { last_run } = await getJson<{ last_run: object }>(`${kurs.url}/v1/status`);
    expect(last_run).toMatchObject({
      ...{ result: 'failure', code: 'internal' },
      message: 'Kurs failed on this run; its log says why',
    });
    const told = [...logged.mock.calls, ...warned.mock.calls].map(([message]) => String(message));
    for (const subject of ['No rates', 'check "bank"']) {
      expect(told.find((text) => text.includes(subject))).toMatch(words);
    }
    logged.mockRestore();
    warned.mockRestore();
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  });

  it('reports a vacant lease after a while', async () => {
    await kurs.get(FetchLease).release();
    const { fetch: lease } = (await answer('/health')).body.checks.leases;
    expect(lease).toMatchObject({ holder: null, held_here: false, until: null });
    if (engine === 'PostgreSQL') {
      expect(lease.vacant_seconds).toBeLessThan(10);
      await execute(
        database.url,
        `UPDATE leases SET expires_at = expires_at - 90000 WHERE name = 'fetch'`,
      );
      const { status, body } = await answer('/health');
      expect([status, body.status, body.checks.leases.status]).toEqual([
        200,
        'degraded',
        'degraded',
      ]);
      const scrape = await Scrape.of(kurs.url);
      expect(scrape.value('kurs_lease_held{lease="fetch"}')).toBe(0);
      const vacant = scrape.value('kurs_lease_vacant_seconds{lease="fetch"}');
      expect(vacant).toBeGreaterThan(89);
      // Since its release, not since 1970.
      expect(vacant).toBeLessThan(150);
    }
    kurs.get(FetchLease).campaign();
  });

  it('is not ready during a graceful shutdown', async () => {
    kurs.get(Readiness).drain();
    expect((await answer('/health/ready')).body.code).toBe('health.draining');
    expect((await answer('/health')).body).toMatchObject({
      code: 'health.draining',
      checks: { service: { status: 'down' }, database: { status: 'up' }, bank: { status: 'up' } },
    });
    expect((await answer('/health/live')).body).toEqual({ status: 'ok' });
  });
});
