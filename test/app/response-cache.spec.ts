import { AFTERNOON, afternoonBank } from '../support/afternoon-bank.js';
import { createPostgres, databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { askRaw } from '../support/raw-answer.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { TestClock } from '../support/test-clock.js';

describe.each(databases)('cached answers on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let clock: TestClock;

  beforeAll(async () => {
    bank = await afternoonBank();
    database = await create();
    clock = new TestClock(AFTERNOON);
    const settings = {
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      RATE_LIMIT_PER_MINUTE: '500',
    };
    kurs = await startKurs(settings, clock);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  it('are never older than an acknowledged write, whatever concurrent readers do', async () => {
    const target = `${kurs.url}/rates/get/gold`;
    const create = withBody('POST', { code: 'GOLD', name: 'Gold', value: '1' });
    const { id } = await getJson<RateBody>(`${kurs.url}/rates/create`, create);
    let isWriting = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (isWriting) await (await fetch(target)).arrayBuffer();
    });
    for (let value = 2; value <= 40; value++) {
      const edit = withBody('PATCH', { value: String(value) });
      await (await fetch(`${kurs.url}/rates/update?rate_id=${id}`, edit)).arrayBuffer();
      expect(await getJson<RateBody[]>(target)).toMatchObject([{ value }]);
    }
    isWriting = false;
    await Promise.all(readers);
  });

  it('are counted as cache hits', async () => {
    const count = async () => {
      const text = await (await fetch(`${kurs.url}/metrics`)).text();
      const line =
        /^kurs_http_request_duration_seconds_count\{(.*route="\/v1\/currencies",code="200".*)\} (\d+)$/m;
      return Number(line.exec(text)?.[2] ?? 0);
    };
    const before = await count();
    for (let time = 0; time < 3; time++) await askRaw(`${kurs.url}/v1/currencies`);
    expect(await count()).toBe(before + 3);
  });

  it('are not rate-limited', async () => {
    const target = `${kurs.url}/v1/currencies/USD`;
    for (let count = 0; count < 600; count++) {
      const { status } = await askRaw(target);
      expect(status).toBe(200);
    }
  });

  it('expire at midnight in Moscow', async () => {
    const target = `${kurs.url}/v1/rates/USD`;
    clock.set('2026-04-25T20:59:59Z');
    const dated = async () => (await getJson<{ requested_date: string }>(target)).requested_date;
    expect([await dated(), await dated()]).toEqual(['2026-04-25', '2026-04-25']);
    clock.set('2026-04-25T21:00:00Z');
    expect(await dated()).toBe('2026-04-26');
    clock.set(AFTERNOON);
    expect(await dated()).toBe('2026-04-24');
  });

  it('have a max-age that decreases every second', async () => {
    const target = `${kurs.url}/v1/rates?date=latest`;
    clock.set('2026-04-24T20:59:00Z');
    expect((await askRaw(target)).headers['cache-control']).toBe('public, max-age=60');
    clock.set('2026-04-24T20:59:20Z');
    expect((await askRaw(target)).headers['cache-control']).toBe('public, max-age=40');
    clock.set(AFTERNOON);
  });
});

describe('cached answers without a database', () => {
  it('are not served', async () => {
    const bank = await afternoonBank();
    const database = await createPostgres();
    const proxy = await TcpProxy.inFrontOf(database.url);
    const settings = { CBR_BASE_URL: bank.url, DATABASE_URL: proxy.through(database.url) };
    const kurs = await startKurs(settings, new TestClock(AFTERNOON));
    const isWorkedOut = async () => {
      const { status, headers } = await askRaw(`${kurs.url}/v1/rates`);
      expect(status).toBe(200);
      return headers['kurs-data-as-of'] !== undefined;
    };
    expect([await isWorkedOut(), await isWorkedOut()]).toEqual([false, false]);
    proxy.cut({ refusing: true });
    await eventually('answers from memory', isWorkedOut);
    expect(await isWorkedOut()).toBe(true);
    proxy.heal();
    await eventually('kept answers again', async () => !(await isWorkedOut()));
    await kurs.stop();
    await proxy.stop();
    await database.drop();
    await bank.stop();
  });
});
