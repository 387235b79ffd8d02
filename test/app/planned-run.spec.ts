import { createPostgres, databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { execute } from '../support/execute.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

const PACE = { CBR_POLL_SECONDS: '600', CBR_WATCH_SECONDS: '600' };

describe('the next run', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let clock: TestClock;

  const prepare = async (create: () => Promise<TestDatabase>) => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    clock = new TestClock('2026-04-25T09:00:00Z');
    database = await create();
    await start();
  };
  const start = async () => {
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, ...PACE }, clock);
  };
  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const plannedAt = async () =>
    (await getJson<{ next_run_at: string | null }>(`${kurs.url}/v1/status`)).next_run_at;
  const isPlannedAt = (instant: string) =>
    eventually(
      `the next run is planned at ${instant}`,
      async () => (await plannedAt()) === instant,
    );

  describe('planned by another instance', () => {
    const plan = (instant: string) =>
      execute(database.url, `UPDATE fetch_state SET next_run_at = '${instant}'`);

    beforeEach(async () => {
      await prepare(createPostgres);
      await isPlannedAt('2026-04-25T09:10:00.000Z');
      await kurs.stop();
      bank.questions.length = 0;
    });

    it('is kept', async () => {
      await plan('2026-04-25T09:07:00.000Z');
      await start();
      const answer = () => fetch(`${kurs.url}/v1/rates`);
      await eventually(
        'readers are told until when to keep an answer',
        async () => (await answer()).headers.get('cache-control')?.includes('max-age=420') === true,
      );
      expect(await plannedAt()).toBe('2026-04-25T09:07:00.000Z');
      expect(bank.questions).toEqual([]);
    });

    it.each(['2026-04-25T09:11:00.000Z', '2026-06-04T09:00:00.000Z', '2099-01-01T00:00:00.000Z'])(
      'is awaited no longer than the poll interval if it was %s',
      async (instant) => {
        await plan(instant);
        await start();
        await isPlannedAt('2026-04-25T09:10:00.000Z');
        await kurs.stop();
        expect(bank.questions).toEqual([]);
      },
    );
  });

  it.each(databases)('is counted from the start of a forced run on $engine', async ({ create }) => {
    await prepare(create);
    await isPlannedAt('2026-04-25T09:10:00.000Z');
    clock.set('2026-04-25T09:04:00Z');
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    await isPlannedAt('2026-04-25T09:14:00.000Z');
    clock.set('2026-04-25T09:06:00Z');
    bank.misbehave((_, response) => void response.writeHead(403).end());
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    await isPlannedAt('2026-04-25T09:16:00.000Z');
  });
});
