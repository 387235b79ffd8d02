import { databases, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Status {
  last_run: { result: string; finished_at: string };
  last_success_at: string | null;
}

describe.each(databases)('what is known of earlier runs on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  const clock = new TestClock('2026-04-25T09:00:00Z');

  beforeEach(async () => {
    clock.set('2026-04-25T09:00:00Z');
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await create();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
    await run();
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const run = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const failEverything = () => bank.misbehave((_, response) => void response.writeHead(403).end());
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const lastSuccessMetric = async () => {
    const text = await (await fetch(`${kurs.url}/metrics`)).text();
    return /^kurs_last_success_timestamp_seconds (\S+)$/m.exec(text)?.[1];
  };
  const restart = async () => {
    await kurs.stop();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
  };

  it('hides no failure behind a success that a clock ahead has dated to come', async () => {
    await kurs.stop();
    await execute(
      database.url,
      `UPDATE fetch_state SET last_success_at = '2027-01-01T00:00:00.000Z'`,
    );
    failEverything();
    await restart();
    await run();
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', finished_at: '2026-04-25T09:00:00.000Z' },
      last_success_at: null,
    });
    // By it an alert counts how long nothing has succeeded.
    expect(await lastSuccessMetric()).toBe('0');
    bank.misbehave();
    await run();
    expect(await status()).toMatchObject({ last_success_at: '2026-04-25T09:00:00.000Z' });
  });

  it('hides no failure behind a success of this process before its clock was set back', async () => {
    clock.set('2026-04-25T08:00:00Z');
    failEverything();
    await run();
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', finished_at: '2026-04-25T08:00:00.000Z' },
      last_success_at: null,
    });
    expect(await lastSuccessMetric()).toBe('0');
  });

  it('is believed when the clock of another instance is a little ahead', async () => {
    await kurs.stop();
    const instant = '2026-04-25T09:01:00.000Z';
    await execute(database.url, `UPDATE fetch_state SET last_success_at = '${instant}'`);
    failEverything();
    await restart();
    await run();
    expect(await status()).toMatchObject({ last_success_at: instant });
  });
});
