import { databases } from '../support/databases.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { EUR, IRR, manyValutes, sheetXml, USD } from '../support/sheet-builder.js';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { withKurs } from '../support/with-kurs.js';

describe.each(databases)('the routes of the original on $engine', ({ engine }) => {
  const { bank, kurs } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR, IRR])],
    once: true,
  });

  beforeAll(async () => {
    await kurs.get(FetchRuns).runNow();
  });

  const call = (path: string, init?: RequestInit) => fetch(`${kurs.url}${path}`, init);
  const list = (path: string) => getJson<RateBody[]>(`${kurs.url}${path}`);
  const createRate = (fields: object) =>
    getJson<RateBody>(
      `${kurs.url}/rates/create`,
      withBody('POST', { code: 'TST', name: 'Тест', value: 1, ...fields }),
    );

  const problem = async (path: string, init?: RequestInit) => {
    const response = await call(path, init);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = (await response.json()) as ProblemBody;
    expect(body).toMatchObject({ type: 'about:blank', status: response.status });
    expect(body.title).not.toBe('');
    return { ...body, allow: response.headers.get('allow') };
  };

  it('list one currency in both spellings and either case', async () => {
    const expected = [
      {
        id: 1,
        code: 'USD',
        name: 'Доллар США',
        value: 75.5273,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
        nominal: 1,
        effective_date: '2026-04-25',
        source: 'cbr',
      },
    ];
    expect(await list('/rates/get/code?code=usd')).toEqual(expected);
    expect(await list('/rates/get/USD')).toEqual(expected);
  });

  it('answer 404 for an unknown code, 422 for a malformed one', async () => {
    expect(await problem('/rates/get/XYZ')).toMatchObject({
      status: 404,
      code: 'rates.unknown_code',
    });
    expect(await problem('/rates/get/code?code=XYZ')).toMatchObject({ status: 404 });
    expect(await problem('/rates/get/code')).toMatchObject({ status: 422 });
    expect(await problem('/rates/get/U.D')).toMatchObject({ status: 422 });
    expect(await problem('/rates/get/code?code=usd&code=eur')).toMatchObject({ status: 422 });
  });

  it('create in both spellings, with every digit, and answer 201', async () => {
    const posted = await call(
      '/rates/create',
      withBody('POST', {
        code: 'abc',
        name: ' Эй ',
        value: '78.5850',
        nominal: 10,
        effective_date: '2026-01-02',
      }),
    );
    expect(posted.status).toBe(201);
    expect(await posted.json()).toMatchObject({
      code: 'ABC',
      name: 'Эй',
      value: 78.585,
      nominal: 10,
      effective_date: '2026-01-02',
      source: 'manual',
    });
    const got = await call('/rates/create?code=abd&name=B&value=0.10');
    expect(got.status).toBe(201);
    expect(got.headers.get('cache-control')).toBe('no-store');
    const stored = (await new Rows(kurs).rates()).slice(-2);
    expect(stored.map(({ value }) => value)).toEqual(['78.5850', '0.10']);
  });

  it.each([
    [{ value: 0 }, 'value'],
    [{ value: -1 }, 'value'],
    [{ value: '1e5' }, 'value'],
    [{ value: '1,5' }, 'value'],
    [{ value: '1234567890.123456' }, 'value'],
    [{ value: null }, 'value'],
    [{ value: [1] }, 'value'],
    [{ code: 'A' }, 'code'],
    [{ code: 'A*B' }, 'code'],
    [{ code: '1AB' }, 'code'],
    [{ code: 5 }, 'code'],
    [{ name: '' }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ nominal: 3 }, 'nominal'],
    [{ nominal: null }, 'nominal'],
    [{ effective_date: '2026-02-30' }, 'effective_date'],
    [{ surprise: 1 }, 'surprise'],
  ])('reject %j and name the field', async (fields, parameter) => {
    const body = { code: 'TST', name: 'Тест', value: 1, ...fields };
    const refused = await problem('/rates/create', withBody('POST', body));
    expect(refused).toMatchObject({ status: 422, code: 'http.invalid_request' });
    expect(refused.errors?.map((error) => error.parameter)).toEqual([parameter]);
  });

  it('change name or value in both spellings', async () => {
    const { id } = await createRate({ code: 'UPD', value: '5.50' });
    const patched = await call(`/rates/update?rate_id=${id}`, withBody('PATCH', { value: '6.10' }));
    expect(patched.status).toBe(200);
    expect(await patched.json()).toMatchObject({ id, code: 'UPD', name: 'Тест', value: 6.1 });
    expect(await getJson(`${kurs.url}/rates/update?rate_id=${id}&name=Другой`)).toMatchObject({
      id,
      name: 'Другой',
      value: 6.1,
    });
  });

  it('send no event for an edit that changes nothing', async () => {
    const { id } = await createRate({ code: 'SAME', value: '5.50' });
    const before = (await new Rows(kurs).events()).length;
    await call(`/rates/update?rate_id=${id}`, withBody('PATCH', { value: 5.5 }));
    expect(await new Rows(kurs).events()).toHaveLength(before);
  });

  it('reject an edit without a change, of an unknown rate, or of an unknown field', async () => {
    expect(await problem('/rates/update?rate_id=1', withBody('PATCH', {}))).toMatchObject({
      status: 422,
    });
    expect(
      await problem('/rates/update?rate_id=999999', withBody('PATCH', { value: 1 })),
    ).toMatchObject({ status: 404, code: 'rates.not_found' });
    expect(
      await problem('/rates/update?rate_id=1', withBody('PATCH', { nominal: 10 })),
    ).toMatchObject({ status: 422 });
    expect(await problem('/rates/update?rate_id=x&value=1')).toMatchObject({ status: 422 });
  });

  it('delete once, and answer 404 the second time', async () => {
    const { id } = await createRate({ code: 'DEL' });
    const path = `/rates/delete?rate_id=${id}`;
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);
    expect(await problem(path, { method: 'DELETE' })).toMatchObject({ status: 404 });
  });

  it('never change anything for a prefetch, another site or a HEAD', async () => {
    const before = (await new Rows(kurs).events()).length;
    const path = '/rates/create?code=ABC&name=B&value=1';
    for (const [name, value] of [
      ['Sec-Purpose', 'prefetch;prerender'],
      ['Purpose', 'prefetch'],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Site', 'same-site'],
    ] as const) {
      expect(await problem(path, { headers: { [name]: value } })).toMatchObject({
        status: 403,
        code: 'http.foreign_write',
      });
    }
    expect((await call(path, { method: 'HEAD' })).status).toBe(405);
    expect(await new Rows(kurs).events()).toHaveLength(before);
  });

  it('change nothing by GET for a navigation that was not started by a page of the service', async () => {
    const before = (await new Rows(kurs).events()).length;
    const { id } = await createRate({ code: 'NAV' });
    const navigations: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
      { 'Sec-Fetch-Site': 'none' },
      { 'User-Agent': 'Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/78.0' },
      { Accept: 'text/html,*/*;q=0.8', 'X-API-Key': 'not needed here' },
      { Referer: 'http://evil.example/' },
    ];
    for (const headers of navigations) {
      for (const query of ['create?code=ABC&name=B&value=1', `update?rate_id=${id}&value=2`]) {
        expect(await problem(`/rates/${query}`, { headers })).toMatchObject({
          status: 403,
          code: 'http.foreign_write',
        });
      }
    }
    expect(await new Rows(kurs).events()).toHaveLength(before + 1);
    const own = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' };
    const taken = await call(`/rates/update?rate_id=${id}&value=2`, { headers: own });
    expect(taken.status).toBe(200);
    // No page can send these unnoticed: they carry JSON, or are no method of a form.
    const post = withBody('POST', { code: 'NAV', name: 'B', value: 1 });
    const fromNowhere = { ...post.headers, 'Sec-Fetch-Site': 'none' };
    expect((await call('/rates/create', { ...post, headers: fromNowhere })).status).toBe(201);
  });

  it('answer a wrong method with 405 and the allowed ones', async () => {
    expect(await problem('/rates/create', { method: 'PUT' })).toMatchObject({
      status: 405,
      allow: 'GET, HEAD, POST',
    });
    expect(await problem('/tasks/run')).toMatchObject({ status: 405, allow: 'POST' });
    expect(await problem('/nowhere')).toMatchObject({ status: 404, code: 'http.not_found' });
  });

  it('distinguish malformed JSON, large bodies and unknown parameters', async () => {
    expect(await problem('/rates/create', withBody('POST', '{"code":'))).toMatchObject({
      status: 400,
    });
    const large = withBody('POST', { name: 'x'.repeat(20_000) });
    expect(await problem('/rates/create', large)).toMatchObject({ status: 413 });
    expect(await problem('/rates/get?page=2')).toMatchObject({ status: 422 });
    expect(await problem('/v1/status?verbose=1')).toMatchObject({ status: 422 });
    expect(await problem('/rates/get?limit=0')).toMatchObject({ status: 422 });
    expect(await problem('/rates/get?offset=-1')).toMatchObject({ status: 422 });
  });

  it('stream all rates newest first, each once, across page borders', async () => {
    // Rates of one instant, with others before and after it.
    bank.publish(sheetXml('28.04.2026', manyValutes(2_100)));
    expect(await getJson(`${kurs.url}/tasks/run`, { method: 'POST' })).toMatchObject({
      saved: 2_100,
    });
    await createRate({ code: 'AFTER' });
    const all = await list('/rates/get');
    const ids = (await new Rows(kurs).rates()).map(({ id }) => id);
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(ids));
    expect(all).toHaveLength(ids.length);
    const keys = all.map(({ created_at, id }) => `${created_at} ${String(id).padStart(9, '0')}`);
    expect(keys).toEqual([...keys].sort().reverse());
    expect(await list('/rates/get?limit=1500&offset=20')).toEqual(all.slice(20, 1520));
    expect(await list('/rates/get?offset=99999')).toEqual([]);
    expect(await list('/rates/get/USD?offset=99999')).toEqual([]);
  });
});
