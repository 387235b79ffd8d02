import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

describe('the status page', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string;

  it('reports what is stored, how the last run ended, and pending work', async () => {
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    expect(await getJson(`${kurs.url}/v1/status`)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      log_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      seq: 1,
      data_version: 1,
      newest_effective_date: '2026-04-25',
      bank: {
        freshness: 'stale',
        expected_date: '2026-04-28',
        last_answerable_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
        due_at: '2026-04-27T17:00:00.000Z',
        circuit: 'closed',
        retry_at: null,
        quarantined: 0,
        oldest_quarantined_date: null,
        missing_days: [],
      },
      last_run: {
        started_at: instant,
        finished_at: instant,
        result: 'success',
        code: null,
        message: 'Rates update finished, saved 0 records',
        saved: 0,
        unchanged: 1,
        quarantined: 0,
      },
      last_success_at: instant,
      next_run_at: instant,
      nats: {
        state: 'disabled',
        jetstream: null,
        backlog: 0,
        oldest_age_seconds: null,
        lacking: null,
        republish_since: null,
        denied: [],
      },
      database: 'sqlite',
    });
  });

  it('rejects a second service on the same file, and the first continues', async () => {
    const second = startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    await expect(second).rejects.toMatchObject({ code: 'database.in_use' });
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({ database: 'sqlite' });
  });

  it('keeps the log id over a restart, and continues seq', async () => {
    const before = await getJson<{ log_id: string; seq: number }>(`${kurs.url}/v1/status`);
    await kurs.stop();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({ log_id: before.log_id });
  });

  it('provides metrics for operators', async () => {
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    const text = await (await fetch(`${kurs.url}/metrics`)).text();
    expect(text).toContain('kurs_sheet_freshness{state="stale"} 1');
    expect(text).toContain('kurs_sheet_freshness{state="fresh"} 0');
    expect(text).toContain('kurs_bank_circuit{state="closed"} 1');
    expect(text).toContain('kurs_quarantined_fixings 0');
    expect(text).toContain('kurs_database_up 1');
    expect(text).toMatch(/kurs_newest_sheet_age_days \d+/);
    expect(text).toMatch(/kurs_fetch_runs_total\{result="success",code=""\} [12]/);
  });

  it('is ready with old sheets too: the other instances have no newer ones', async () => {
    const response = await fetch(`${kurs.url}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', freshness: 'stale' });
  });

  describe('plans the next run', () => {
    const paces = { CBR_POLL_SECONDS: '600', CBR_WATCH_SECONDS: '60' };

    it.each([
      [
        'a minute later, while the sheet of Tuesday is missing',
        '2026-04-27T12:30:00Z',
        null,
        '12:31',
      ],
      [
        'ten minutes later, as soon as a run has brought it',
        '2026-04-27T12:30:00Z',
        '28.04.2026',
        '12:40',
      ],
      ['at three in Moscow', '2026-04-27T11:55:00Z', null, '12:00'],
    ])('%s', async (_, now, published, next) => {
      if (published !== null) bank.publish(sheetXml(published, [USD]));
      const other = await createSqlite();
      const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: other.url, ...paces };
      const watching = await startKurs(environment, new TestClock(now));
      const plannedAt = async () =>
        (await getJson<{ next_run_at: string }>(`${watching.url}/v1/status`)).next_run_at;
      const expected = `2026-04-27T${next}:00.000Z`;
      await eventually(`a run is planned at ${next}`, async () => (await plannedAt()) === expected);
      await watching.stop();
      await other.drop();
    });
  });
});
