import { withCommandHost } from '../support/command-host.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { RunningKurs } from '../support/kurs.js';
import { at, sheetXml, USD } from '../support/sheet-builder.js';

interface Status {
  last_run: { finished_at: string; result: string; code: string | null; saved: number };
  last_success_at: string | null;
}

describe.each(databases)('the fetch command on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let environment: Record<string, string>;
  const kurs = new RunningKurs();
  const host = withCommandHost();

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD]));
    bank.list(DICTIONARY);
    bank.record(USD.id, everySheet('2026-01-01', '2026-04-24'));
    database = await create();
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const fetchOnce = async () => (await host.run(environment, 'fetch')).code;
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);

  it('appears as the last run in the status of a running service, successful or not', async () => {
    await kurs.start(environment);
    const before = await status();
    bank.publish(sheetXml('25.04.2026', [at(USD, '76,0000')]));
    expect(await fetchOnce()).toBe(0);
    const succeeded = await status();
    expect(succeeded.last_run).toMatchObject({ result: 'success', saved: 1 });
    expect(succeeded.last_success_at).toBe(succeeded.last_run.finished_at);
    expect(succeeded.last_run.finished_at > before.last_run.finished_at).toBe(true);
    bank.misbehave((_, response) => void response.writeHead(403).end());
    expect(await fetchOnce()).toBe(1);
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', code: 'cbr.http_status' },
      last_success_at: succeeded.last_success_at,
    });
  });

  it.each([
    ['fetch', []],
    ['backfill', ['--from', '2025-01-01', '--to', '2025-01-31']],
  ])('leaves the last days of an empty database to the first service (%s)', async (name, words) => {
    expect(await host.run(environment, name, ...words)).toMatchObject({ code: 0 });
    await kurs.start({ ...environment, BACKFILL_DAYS: '30', CBR_POLL_SECONDS: '1' });
    const path = `${kurs.url}/v1/rates/USD?date=2026-04-01`;
    await eventually(
      'the last days are loaded',
      async () => (await getJson<{ carried?: boolean }>(path)).carried === false,
    );
  });
});
