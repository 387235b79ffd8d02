import { newApiKey } from '../../src/config/api-key.js';
import { databases, type TestDatabase, isRepeated } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { type ProblemBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Rows } from '../support/rows.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Stored {
  id: number;
  value: string;
  name: string;
  source: string;
}

describe.each(databases)('writing through /v1 on $engine', ({ engine, create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let rows: Rows;
  let clock: TestClock;

  beforeAll(async () => {
    bank = await FakeBank.start();
    database = await create();
    bank.publish(sheetXml('25.04.2026', [USD]));
    clock = new TestClock('2026-04-25T09:00:00Z');
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    rows = new Rows(kurs);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const send = (method: string, path: string, body?: unknown, headers = {}) => {
    const init = body === undefined ? { method } : withBody(method, body);
    return fetch(`${kurs.url}/v1/rates${path}`, {
      ...init,
      headers: { ...init.headers, ...headers },
    });
  };
  const problem = async (response: Response) => (await response.json()) as ProblemBody;
  const counts = async () => [(await rows.rates()).length, (await rows.events()).length];

  const NEW = { code: 'tst', name: 'Тест', value: '1.50', effective_date: '2026-04-25' };

  it('creates, changes and deletes with decimals as text', async () => {
    const created = await send('POST', '', NEW);
    expect(created.status).toBe(201);
    expect(created.headers.get('cache-control')).toBe('no-store');
    const rate = (await created.json()) as Stored;
    expect(rate).toMatchObject({
      ...{ code: 'TST', name: 'Тест', nominal: 1, value: '1.50', source: 'manual' },
      effective_date: '2026-04-25',
    });
    const edited = await send('PATCH', `/${rate.id}`, { value: 2 });
    expect(await edited.json()).toMatchObject({ id: rate.id, value: '2', name: 'Тест' });
    expect((await send('DELETE', `/${rate.id}`)).status).toBe(204);
    expect(await problem(await send('DELETE', `/${rate.id}`))).toMatchObject({ status: 404 });
    expect(await problem(await send('PATCH', `/${rate.id}`, {}))).toMatchObject({ status: 422 });
    expect(await problem(await send('POST', '', { ...NEW, value: 0 }))).toMatchObject({
      status: 422,
    });
    expect(await problem(await send('PATCH', '/USD', { value: 1 }))).toMatchObject({
      ...{ status: 422, errors: [{ parameter: 'id' }] },
    });
  });

  it('returns the last revision of a deleted rate without a successor', async () => {
    const { id } = (await (await send('POST', '', { ...NEW, code: 'GONE' })).json()) as Stored;
    await send('DELETE', `/${id}`);
    const revisions = async (after: number) =>
      (await send('GET', `/GONE/revisions?after=${after}`)).json();
    expect(await revisions(0)).toMatchObject([{ rate_id: id, reason: 'delete' }]);
    expect(await revisions(99_999)).toEqual([]);
    expect((await send('GET', '/NONE/revisions')).status).toBe(404);
  });

  it('creates once for one Idempotency-Key, however many requests repeat or race', async () => {
    const key = { 'Idempotency-Key': 'order-1' };
    const [rates, events] = await counts();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('POST', '', NEW, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.has('idempotent-replayed'))).toHaveLength(7);
    expect(await counts()).toEqual([(rates ?? 0) + 1, (events ?? 0) + 1]);
    // The same request in another notation.
    const reworded = await send('POST', '', { ...NEW, code: 'TST', value: '01.50' }, key);
    expect(await reworded.text()).toBe(texts[0]);
    const other = await problem(await send('POST', '', { ...NEW, value: '1.51' }, key));
    expect(other).toMatchObject({
      ...{ status: 422, code: 'rates.key_reused' },
      detail: 'This Idempotency-Key was used for another request',
    });
    const tenfold = await problem(await send('POST', '', { ...NEW, nominal: 10 }, key));
    expect(tenfold).toMatchObject({ code: 'rates.key_reused' });
    const bad = await problem(await send('POST', '', NEW, { 'Idempotency-Key': 'a b' }));
    expect(bad).toMatchObject({ status: 422, errors: [{ parameter: 'Idempotency-Key' }] });
    expect(await counts()).toEqual([(rates ?? 0) + 1, (events ?? 0) + 1]);
  });

  it('scopes Idempotency-Keys to their caller', async () => {
    const [erp, shop] = [newApiKey('erp', ['write']), newApiKey('shop', ['write'])];
    const own = await create();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: own.url };
    const API_KEYS = `${erp.line},${shop.line}`;
    const locked = await startKurs({ ...environment, API_KEYS }, clock);
    const sendAs = async ({ key }: { key: string }, value: string) => {
      const init = withBody('POST', { ...NEW, value });
      const headers = { ...init.headers, 'X-API-Key': key, 'Idempotency-Key': 'k'.repeat(255) };
      const answer = await fetch(`${locked.url}/v1/rates`, { ...init, headers });
      return [answer.status, answer.headers.has('idempotent-replayed'), await answer.json()];
    };
    const first = await sendAs(erp, '1.50');
    expect(first).toMatchObject([201, false, { value: '1.50' }]);
    expect(await sendAs(shop, '1.50')).toMatchObject([201, false, { value: '1.50' }]);
    expect(await sendAs(shop, '1.50')).toMatchObject([201, true, { value: '1.50' }]);
    expect(await sendAs(erp, '1.50')).toEqual([201, true, first[2]]);
    expect(await sendAs(shop, '1.51')).toMatchObject([422, false, { code: 'rates.key_reused' }]);
    await locked.stop();
    await own.drop();
  });

  it('stores no key for a failed request', async () => {
    const key = { 'Idempotency-Key': 'order-2' };
    expect((await send('POST', '', { ...NEW, nominal: 3 }, key)).status).toBe(422);
    expect((await send('POST', '', NEW, key)).status).toBe(201);
  });

  it('recognises a key although the system clock was years ahead in between', async () => {
    const isRepeated = async (key: string) => {
      const answer = await send('POST', '', NEW, { 'Idempotency-Key': key });
      return answer.headers.has('idempotent-replayed');
    };
    const now = clock.now().toISOString();
    expect(await isRepeated('order-6')).toBe(false);
    clock.jump('2036-01-01T09:00:00Z');
    expect(await isRepeated('order-7')).toBe(false);
    expect(await isRepeated('order-6')).toBe(true);
    clock.jump(now);
    expect(await isRepeated('order-6')).toBe(true);
  });

  it('recognises a key for seven days', async () => {
    const isRepeated = async (key: string) => {
      const answer = await send('POST', '', NEW, { 'Idempotency-Key': key });
      return answer.headers.has('idempotent-replayed');
    };
    clock.set('2026-05-01T09:00:00Z');
    expect(await isRepeated('order-3')).toBe(false);
    clock.set('2026-05-08T09:00:00Z');
    expect(await isRepeated('order-4')).toBe(false);
    expect(await isRepeated('order-3')).toBe(true);
    clock.set('2026-05-08T09:00:01Z');
    expect(await isRepeated('order-5')).toBe(false);
    expect(await isRepeated('order-3')).toBe(false);
    clock.set('2026-04-25T09:00:00Z');
  });

  it('changes the version named by If-Match, or none', async () => {
    const created = await send('POST', '', NEW);
    const { id } = (await created.json()) as Stored;
    const first = created.headers.get('etag') ?? '';
    const edited = await send('PATCH', `/${id}`, { value: '3' }, { 'If-Match': first });
    expect(edited.status).toBe(200);
    const second = edited.headers.get('etag') ?? '';
    expect(second).not.toBe(first);
    const [rates, events] = await counts();
    for (const [method, body] of [['PATCH', { value: '4' }], ['DELETE']] as const) {
      const refused = await send(method, `/${id}`, body, { 'If-Match': first });
      // A client without a tag, or with an old one, gets the current one.
      expect(refused.headers.get('etag')).toBe(second);
      expect(await problem(refused)).toMatchObject({ status: 412, code: 'rates.changed' });
    }
    expect(await counts()).toEqual([rates, events]);
    const unread = await send('PATCH', `/${id}`, { value: '5' }, { 'If-Match': '"none"' });
    const present = { 'If-Match': unread.headers.get('etag') ?? '' };
    expect((await send('PATCH', `/${id}`, { value: '3' }, present)).status).toBe(200);
    expect((await send('PATCH', `/${id}`, { value: '4' }, { 'If-Match': '*' })).status).toBe(200);
    const gone = await send('DELETE', `/${id}`, undefined, { 'If-Match': `${second}, "x"` });
    expect(gone.status).toBe(412);
    expect((await send('DELETE', `/${id}`)).status).toBe(204);
  });

  it('returns the tag for If-Match by GET of the same address', async () => {
    const created = await send('POST', '', NEW);
    const rate = (await created.json()) as Stored;
    const read = await send('GET', `/${rate.id}`);
    expect([read.status, await read.json()]).toEqual([200, rate]);
    const tag = read.headers.get('etag') ?? '';
    expect(tag).toBe(created.headers.get('etag'));
    expect(read.headers.get('cache-control')).toBe('no-cache');
    const known = { 'If-None-Match': tag };
    expect((await send('GET', `/${rate.id}`, undefined, known)).status).toBe(304);
    expect((await send('HEAD', `/${rate.id}`)).headers.get('etag')).toBe(tag);
    const edited = await send('PATCH', `/${rate.id}`, { value: '7' }, { 'If-Match': tag });
    expect(edited.status).toBe(200);
    const again = await send('GET', `/${rate.id}`, undefined, known);
    expect([again.status, again.headers.get('etag')]).toEqual([200, edited.headers.get('etag')]);
    expect(await again.json()).toMatchObject({ id: rate.id, value: '7' });
    for (const query of ['?date=2026-04-25', '?quote=USD', '?x=1']) {
      expect((await send('GET', `/${rate.id}${query}`)).status).toBe(422);
    }
    expect((await send('GET', `/${rate.id}.csv`)).status).toBe(406);
    await send('DELETE', `/${rate.id}`);
    expect(await problem(await send('GET', `/${rate.id}`))).toMatchObject({
      ...{ status: 404, code: 'rates.not_found' },
    });
    for (const id of ['0', '2147483648', '99999999999']) {
      expect((await send('GET', `/${id}`)).status).toBe(422);
    }
  });

  if (isRepeated(engine)) return;

  it('rejects impossible rates, and text that no client can read back', async () => {
    const before = await counts();
    const bodies = [
      ...['RUB', 'rur'].map((code) => ['code', JSON.stringify({ ...NEW, code })]),
      ['name', JSON.stringify({ ...NEW, name: '\ud800' })],
      ['__proto__', JSON.stringify(NEW).replace('{', '{"__proto__":{},')],
      ['constructor', JSON.stringify({ ...NEW, constructor: 1 })],
    ];
    for (const [parameter, body] of bodies) {
      const refused = { status: 422, errors: [{ parameter }] };
      expect(await problem(await send('POST', '', body))).toMatchObject(refused);
      const original = await fetch(`${kurs.url}/rates/create`, withBody('POST', body));
      expect(await problem(original)).toMatchObject(refused);
    }
    const asked = await fetch(`${kurs.url}/rates/create?code=rub&name=B&value=1`);
    expect(await problem(asked)).toMatchObject({ status: 422, errors: [{ parameter: 'code' }] });
    expect(await counts()).toEqual(before);
  });

  it('rejects pages of other sites, like every write', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const before = await counts();
    expect((await send('POST', '', NEW, headers)).status).toBe(403);
    expect((await send('PATCH', '/1', { value: 1 }, headers)).status).toBe(403);
    expect((await send('DELETE', '/1', undefined, headers)).status).toBe(403);
    expect(await counts()).toEqual(before);
  });
});
