import { gunzipSync } from 'node:zlib';
import { Freshness } from '../../src/http/answers/freshness.js';
import { AFTERNOON, afternoonBank } from '../support/afternoon-bank.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { askRaw, type RawAnswer } from '../support/raw-answer.js';
import { TestClock } from '../support/test-clock.js';

/** Every kind of cached route. */
const KEPT = [
  '/v1/rates',
  '/v1/rates?date=latest&codes=USD,JPY',
  '/v1/rates?date=2026-04-25&quote=EUR',
  '/v1/rates.csv?date=latest',
  '/v1/rates.ndjson?date=latest',
  '/v1/rates?from=2026-04-25&to=2026-04-25&limit=5',
  '/v1/rates/USD?date=latest',
  '/v1/rates/USD/history?from=2026-04-25&to=2026-04-25',
  '/v1/rates/USD/history.csv?from=2026-04-25&to=2026-04-25',
  '/v1/rates/USD/revisions',
  '/v1/convert?amount=100&from=USD&to=JPY&on=2026-04-25',
  '/v1/sheets/2026-04-25',
  '/v1/sheets/2026-04-25.xml',
  '/v1/currencies.csv',
  '/v1/currencies',
  '/v1/currencies/USD',
  '/rates/get',
  '/rates/get?limit=3&offset=1',
  '/rates/get/usd',
  '/rates/get/code?code=jpy',
];
const REFUSED = [
  '/v1/rates?unknown=1',
  '/rates/get/XYZ',
  '/v1/rates/USD?date=2011-06-15',
  '/v1/ratesx',
  '/v1/rates/XYZ',
];

/** Parts of an answer that do not vary between two answers. */
function comparable({ status, headers, body }: RawAnswer): object {
  const { date: _, ...others } = headers;
  return { status, headers: others, body: body.toString('latin1') };
}

describe('answers with and without the cache', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kept: RunningKurs;
  let plain: RunningKurs;

  beforeAll(async () => {
    bank = await afternoonBank();
    database = await createPostgres();
    const settings = {
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      ALLOWED_ORIGINS: 'https://pages.example',
    };
    const clock = new TestClock(AFTERNOON);
    kept = await startKurs(settings, clock);
    plain = await startKurs({ ...settings, RESPONSE_CACHE: 'off' }, clock);
    // The instance that polls the bank knows the time; the other is informed.
    for (const kurs of [kept, plain]) {
      kurs.get(Freshness).expectNewsAt(new Date('2026-04-24T13:10:00Z'));
    }
    expect((await askRaw(`${kept.url}/v1/rates?date=latest`)).body.length).toBeGreaterThan(10_000);
  });

  afterAll(async () => {
    await Promise.all([kept.stop(), plain.stop()]);
    await database.drop();
    await bank.stop();
  });

  const expectSame = async (
    target: string,
    asked: { method?: string; headers?: Record<string, string> } = {},
  ) => {
    const named = { ...asked, headers: { 'X-Request-Id': 'same', ...asked.headers } };
    const expected = comparable(await askRaw(plain.url + target, named));
    // The first request fills the cache, the second hits it.
    for (const _ of ['filled', 'kept']) {
      expect(comparable(await askRaw(kept.url + target, named))).toEqual(expected);
    }
  };

  it.each(KEPT)('are the same: %s', async (target) => {
    await expectSame(target);
    await expectSame(target, { method: 'HEAD' });
    await expectSame(target, { headers: { 'Accept-Encoding': 'gzip, br;q=0.1' } });
    await expectSame(target, { headers: { 'Accept-Encoding': 'gzip;q=0, *' } });
    await expectSame(target, { headers: { Accept: 'text/csv, */*;q=0.1' } });
    await expectSame(target, { headers: { Origin: 'https://pages.example' } });
    await expectSame(target, { headers: { Origin: 'https://others.example' } });
    const { headers } = await askRaw(plain.url + target);
    const tag = headers.etag ?? 'W/"none"';
    await expectSame(target, { headers: { 'If-None-Match': `"other", ${tag}` } });
    await expectSame(target, { method: 'HEAD', headers: { 'If-None-Match': '*' } });
  });

  it.each(REFUSED)('are the same errors: %s', async (target) => {
    await expectSame(target);
    const anything = { headers: { 'If-None-Match': '*' } };
    await expectSame(target, anything);
    expect((await askRaw(plain.url + target, anything)).status).toBeGreaterThanOrEqual(404);
  });

  it('are the same if a page is not sent: neither has the address of the next one', async () => {
    const target = '/v1/rates?from=2026-04-25&to=2026-04-25&limit=4';
    const anything = { headers: { 'If-None-Match': '*' } };
    await expectSame(target, anything);
    const unchanged = await askRaw(plain.url + target, anything);
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
    expect(unchanged.headers).toHaveProperty('etag');
    expect(unchanged.headers).not.toHaveProperty('link');
  });

  it('are the same when compressed on request, if that saves bytes', async () => {
    const asked = { headers: { 'Accept-Encoding': 'gzip' } };
    const zipped = await askRaw(`${kept.url}/v1/currencies`, asked);
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers.vary).toContain('Accept-Encoding');
    const whole = await askRaw(`${kept.url}/v1/currencies`);
    expect(gunzipSync(zipped.body)).toEqual(whole.body);
    expect(zipped.body.length).toBeLessThan(whole.body.length / 2);
    const short = await askRaw(`${kept.url}/rates/get/usd`, asked);
    expect(short.headers['content-encoding']).toBeUndefined();
  });

  it('are evicted within a poll when another instance commits', async () => {
    const target = '/rates/get/shared';
    const edit = withBody('POST', { code: 'SHARED', name: 'Shared', value: '1.5' });
    const { id } = await getJson<RateBody>(`${plain.url}/rates/create`, edit);
    await eventually('the new rate', async () => (await askRaw(kept.url + target)).status === 200);
    await fetch(`${plain.url}/rates/update?rate_id=${id}`, withBody('PATCH', { value: '2.5' }));
    await eventually('the new value', async () => {
      const [rate] = await getJson<RateBody[]>(kept.url + target);
      return rate?.value === 2.5;
    });
  });
});
