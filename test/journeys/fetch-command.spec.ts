import { CommandProcess } from '../support/command-process.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, sheetXml, USD } from '../support/sheet-builder.js';

interface Status {
  last_run: { finished_at: string; result: string; code: string | null; saved: number };
  last_success_at: string | null;
}

describe.each(databases)('the fetch command on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let environment: Record<string, string>;
  let kurs: KursProcess | undefined;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD]));
    bank.list(DICTIONARY);
    bank.record(USD.id, everySheet('2026-01-01', '2026-04-24'));
    database = await create();
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
  });

  afterEach(async () => {
    await kurs?.kill('SIGKILL');
    kurs = undefined;
    await database.drop();
    await bank.stop();
  });

  const fetchOnce = async () => (await new CommandProcess('fetch', environment, []).exited).code;
  const status = (service: KursProcess) => getJson<Status>(`${service.url}/v1/status`);

  it('appears as the last run in the status of a running service, successful or not', async () => {
    kurs = await KursProcess.start(environment);
    await kurs.printed(/saved 1 records/);
    const before = await status(kurs);
    bank.publish(sheetXml('25.04.2026', [at(USD, '76,0000')]));
    expect(await fetchOnce()).toBe(0);
    const succeeded = await status(kurs);
    expect(succeeded.last_run).toMatchObject({ result: 'success', saved: 1 });
    expect(succeeded.last_success_at).toBe(succeeded.last_run.finished_at);
    expect(succeeded.last_run.finished_at > before.last_run.finished_at).toBe(true);
    bank.misbehave((_, response) => void response.writeHead(403).end());
    expect(await fetchOnce()).toBe(1);
    expect(await status(kurs)).toMatchObject({
      last_run: { result: 'failure', code: 'cbr.http_status' },
      last_success_at: succeeded.last_success_at,
    });
  });

  it.each([
    ['fetch', []],
    ['backfill', ['--from', '2025-01-01', '--to', '2025-01-31']],
  ])('leaves the last days of an empty database to the first service (%s)', async (name, words) => {
    expect(await new CommandProcess(name, environment, words).exited).toMatchObject({ code: 0 });
    kurs = await KursProcess.start({
      ...environment,
      BACKFILL_DAYS: '30',
      CBR_POLL_SECONDS: '1',
    });
    const path = `${kurs.url}/v1/rates/USD?date=2026-04-01`;
    await eventually(
      'the last days are loaded',
      async () => (await getJson<{ carried?: boolean }>(path)).carried === false,
    );
  });
});
