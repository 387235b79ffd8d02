import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

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

  it('says what is stored, how the last run ended and what waits', async () => {
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    expect(await getJson(`${kurs.url}/v1/status`)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      log_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      seq: 1,
      data_version: 1,
      newest_effective_date: '2026-04-25',
      last_run: {
        started_at: instant,
        finished_at: instant,
        result: 'success',
        code: null,
        message: 'Rates update finished, saved 0 records',
        saved: 0,
        unchanged: 1,
      },
      last_success_at: instant,
      next_run_at: instant,
      nats: {
        state: 'disabled',
        jetstream: null,
        backlog: 1,
        oldest_age_seconds: expect.any(Number) as number,
      },
      database: 'sqlite',
    });
  });

  it('refuses a second service on the same file, and lets the first go on', async () => {
    const second = startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    await expect(second).rejects.toMatchObject({ code: 'database.in_use' });
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({ database: 'sqlite' });
  });

  it('keeps the name of the log over a restart, and goes on counting', async () => {
    const before = await getJson<{ log_id: string; seq: number }>(`${kurs.url}/v1/status`);
    await kurs.stop();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({ log_id: before.log_id });
  });
});
