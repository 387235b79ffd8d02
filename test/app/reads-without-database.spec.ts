import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type ProblemBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { postSoap, soapEnvelope } from '../support/soap-call.js';
import { SocketClient } from '../support/socket-client.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { TestClock } from '../support/test-clock.js';

/** A Saturday: its sheet is the newest possible one. */
const NOW = '2026-04-25T09:00:00Z';
const READS = [
  '/v1/rates',
  '/v1/rates?date=2026-04-25&quote=USD',
  '/v1/rates/USD',
  '/v1/rates/USD/history?from=2026-04-25',
  '/v1/rates/USD/history?from=2026-04-25&fill=calendar',
  '/v1/rates?from=2026-04-25&source=all',
  '/v1/convert?amount=10&from=USD&to=EUR',
  '/v1/currencies',
  '/v1/currencies/EUR',
  '/v1/quarantine',
  '/v1/rates/USD/revisions',
  '/v1/sheets/2026-04-25',
  '/scripts/XML_daily.asp',
  '/latest.js',
  '/daily_json.js',
  '/tsv/840/2026/04/25.tsv',
  '/frankfurter/v1/latest',
  '/v2/rates',
  '/',
  '/USD',
  '/page/preview.png?of=USD',
];

describe('while PostgreSQL is unreachable', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let proxy: TcpProxy;
  let kurs: RunningKurs;

  const start = async (environment: Record<string, string> = {}) => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD, EUR, JPY]));
    database = await createPostgres();
    proxy = await TcpProxy.inFrontOf(database.url);
    const own = {
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: proxy.through(database.url) },
      JUMP_LIMIT_PERCENT: '20',
      ...environment,
    };
    kurs = await startKurs(own, new TestClock(NOW));
    const run = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    await run();
    for (const usd of [at(USD, '75,0000'), USD]) {
      bank.publish(sheetXml('25.04.2026', [usd, EUR, at(JPY, '99,0000')]));
      await run();
    }
  };

  afterEach(async () => {
    proxy.heal();
    await eventually('it is back', async () => (await ask('/v1/status')).status === 200);
    await kurs.stop();
    await proxy.stop();
    await database.drop();
    await bank.stop();
  });

  const ask = async (path: string) => {
    const response = await fetch(`${kurs.url}${path}`);
    const asOf = response.headers.get('kurs-data-as-of');
    const kept = response.headers.get('cache-control');
    return { status: response.status, text: await response.text(), asOf, kept };
  };
  const texts = async () => (await Promise.all(READS.map(ask))).map(({ text }) => text);
  const isAway = async () => (await ask('/v1/rates')).asOf !== null;

  it('reads are answered from memory, with the time of the data; writes are rejected', async () => {
    await start();
    const before = await texts();
    expect(READS.filter((_, index) => before[index] === '[]')).toEqual([]);
    proxy.cut({ refusing: true });
    await eventually('the database is missed', isAway);
    for (const { status, asOf, kept } of await Promise.all(READS.map(ask))) {
      expect([status, asOf, kept]).toEqual([200, '2026-04-25T09:00:00.000Z', 'no-store']);
    }
    expect(await texts()).toEqual(before);
    const call = await postSoap(kurs.url, soapEnvelope('GetLatestDate'));
    expect([call.status, call.headers.get('kurs-data-as-of')]).toEqual([
      200,
      '2026-04-25T09:00:00.000Z',
    ]);
    const rate = { code: 'GOLD', name: 'Gold', value: '1' };
    const write = await fetch(`${kurs.url}/v1/rates`, withBody('POST', rate));
    expect([write.status, ((await write.json()) as ProblemBody).code]).toEqual([
      503,
      'database.unavailable',
    ]);
    const client = await SocketClient.connect(kurs.url, {}, '?snapshot=1');
    const [snapshot = ''] = await client.received(1);
    expect(JSON.parse(snapshot)).toMatchObject({ event: 'snapshot', seq: 5 });
    await client.close();
    expect(await getJson(`${kurs.url}/health/ready`)).toEqual({ status: 'ok', freshness: 'fresh' });
    expect(await getJson(`${kurs.url}/health`)).toMatchObject({
      status: 'degraded',
      checks: {
        database: { status: 'degraded', code: 'database.unavailable' },
        book: { status: 'up', versions: 6 },
      },
    });
    proxy.heal();
    await eventually('it is seen again', async () => !(await isAway()));
    expect(await texts()).toEqual(before);
  });

  it('an instance is no longer ready after the configured time', async () => {
    await start({ READS_WITHOUT_DATABASE_SECONDS: '0' });
    proxy.cut({ refusing: true });
    await eventually('the database is missed', isAway);
    expect(await ask('/health/ready')).toMatchObject({ status: 503 });
    expect((await ask('/v1/rates/USD')).status).toBe(200);
  });
});
