import { Leases } from '../../src/database/leases.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Scrape } from '../support/metrics.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Report {
  instance: string;
  checks: { leases: { fetch: { holder: string | null; held_here: boolean } } };
}

/** A Saturday: its sheet is the newest possible one. */
const NOW = '2026-04-25T09:00:00Z';

describe('an instance', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let started: RunningKurs[];

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createPostgres();
    started = [];
  });

  afterEach(async () => {
    for (const kurs of started) await kurs.stop();
    await bank.stop();
  });

  const start = async (environment: Record<string, string> = {}) => {
    const own = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url, ...environment };
    const kurs = await startKurs(own, new TestClock(NOW));
    started.push(kurs);
    return kurs;
  };

  it('is ready without the bank and without NATS, and reports a degraded state', async () => {
    bank.misbehave((_, response) => response.destroy());
    const { url } = await start({ NATS_URL: `nats://127.0.0.1:${await freePort()}` });
    expect(await getJson(`${url}/health/ready`)).toEqual({ status: 'ok', freshness: 'empty' });
    expect(await getJson(`${url}/health`)).toMatchObject({
      status: 'degraded',
      checks: {
        database: { status: 'up' },
        bank: { status: 'degraded', freshness: 'empty' },
        broker: { status: 'degraded', state: 'connecting', jetstream: null },
      },
    });
    const scrape = await Scrape.of(url);
    expect(scrape.value('kurs_broker_state{state="connecting"}')).toBe(1);
    expect(scrape.value('kurs_broker_state{state="connected"}')).toBe(0);
    await database.drop();
  });

  it('names the leader of the fleet', async () => {
    const one = await start();
    const other = await start();
    const reports = await Promise.all(
      [one, other].map(({ url }) => getJson<Report>(`${url}/health`)),
    );
    const holders = reports.map(({ checks }) => checks.leases.fetch.holder);
    expect(holders).toEqual([one.get(Leases).instance, one.get(Leases).instance]);
    expect(reports.map(({ checks }) => checks.leases.fetch.held_here)).toEqual([true, false]);
    expect(reports.map(({ instance }) => instance)).toEqual(
      [one, other].map((kurs) => kurs.get(Leases).instance),
    );
    const held = await Promise.all([one, other].map(({ url }) => Scrape.of(url)));
    const series = 'kurs_lease_held{lease="fetch"}';
    expect(held.map((scrape) => scrape.value(series))).toEqual([1, 0]);
    await database.drop();
  });

  it('without a database is alive, not ready once reads from memory expire, and still observable', async () => {
    const { url } = await start({ READS_WITHOUT_DATABASE_SECONDS: '0' });
    await Scrape.of(url);
    await database.drop();
    expect(await getJson(`${url}/health/live`)).toEqual({ status: 'ok' });
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await ready.json()).toMatchObject({ code: 'database.unavailable' });
    expect(await getJson(`${url}/health`)).toMatchObject({
      code: 'database.unavailable',
      checks: {
        database: { status: 'down', engine: 'postgres', code: 'database.unavailable' },
        broker: { status: 'up' },
        bank: { status: 'degraded', message: expect.any(String) as string },
      },
    });
    const scrape = await Scrape.of(url);
    expect(scrape.value('kurs_database_up')).toBe(0);
    expect(scrape.value('kurs_newest_sheet_timestamp_seconds')).toBe(
      Date.parse('2026-04-25T00:00:00+03:00') / 1_000,
    );
    expect(scrape.series('kurs_http_request_duration_seconds_count').length).toBeGreaterThan(1);
  });
});
