import { createHash } from 'node:crypto';
import { HttpAdapterHost } from '@nestjs/core';
import { newApiKey } from '../../src/config/api-key.js';
import { FetchLedger } from '../../src/tasks/fetch-ledger.js';
import { type DocumentedRoute, documentedRoutes } from '../support/documented-routes.js';
import { eventually } from '../support/eventually.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { Sqlite } from '../../src/database/sqlite.js';
import { withKurs } from '../support/with-kurs.js';

/** Routes of Express's router. */
interface ExpressInside {
  router: { stack: { route?: { path: string | RegExp } }[] };
}

const erp = newApiKey('erp', ['write']);
const cron = newApiKey('cron', ['tasks']);
const routes = documentedRoutes();
const writes = routes.filter(({ isWrite }) => isWrite);
const reads = routes.filter(({ isWrite }) => !isWrite);
const named = (list: DocumentedRoute[]) =>
  list.map((route): [string, DocumentedRoute] => [`${route.method} ${route.path}`, route]);

describe('write access', () => {
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    settings: { API_KEYS: `${erp.line},${cron.line}`, ALLOWED_ORIGINS: 'https://shop.example' },
    once: true,
  });
  const { bank, kurs } = fixture;

  beforeAll(async () => {
    const ledger = kurs.get(FetchLedger);
    const isKept = async () => (await ledger.fetchState()).lastRun !== undefined;
    await eventually('the end of the first run is kept', isKept);
  });

  const ask = (route: DocumentedRoute, headers: Record<string, string> = {}) => {
    const body = route.path.includes('create') || route.method === 'POST' ? NEW_RATE : EDIT;
    const init = route.hasBody ? withBody(route.method, body) : { method: route.method };
    return fetch(`${kurs.url}${route.address}`, {
      ...init,
      headers: { ...init.headers, ...headers },
      signal: AbortSignal.timeout(10_000),
    });
  };
  const problemOf = async (response: Response) => (await response.json()) as ProblemBody;
  const contents = () => contentsOf(fixture.database.url.replace('sqlite:', ''));

  it('covers every write of the document, two of them GETs inherited from the original', () => {
    const gets = writes.filter(({ method }) => method === 'GET');
    expect(gets.map(({ path, isDeprecated }) => [path, isDeprecated])).toEqual([
      ['/rates/create', true],
      ['/rates/update', true],
    ]);
    const others = routes.filter(({ method, isWrite }) => method !== 'GET' && !isWrite);
    // SOAP reads by POST.
    expect(others.map(({ path }) => path)).toEqual(['/DailyInfoWebServ/DailyInfo.asmx']);
  });

  it('covers every route that exists: the document omits only itself and the pages', () => {
    const { router } = kurs.get(HttpAdapterHost).httpAdapter.getInstance<ExpressInside>();
    const served = router.stack.flatMap(({ route }) => (route ? [String(route.path)] : []));
    const documented = new Set(routes.map(({ path }) => path.replace(/\{\w+\}/g, ':')));
    const others = served.filter((path) => !documented.has(path.replace(/:\w+/g, ':')));
    expect([...new Set(others)].filter((path) => !/^\/(docs|page\/)/.test(path)).sort()).toEqual([
      // The front page; one code, two codes; a conversion; a day.
      '/^\\/$/',
      '/^\\/[A-Z0-9]{2,12}$/',
      '/^\\/[A-Z0-9]{2,12}\\/[A-Z0-9]{2,12}$/',
      '/^\\/convert\\/[^/]*(?:\\/[^/]*){0,2}$/',
      '/^\\/on\\/[^/]*$/',
      '/asyncapi.json',
      '/embed/:codes',
      '/favicon.ico',
      '/openapi.json',
      '/worker.js',
      '/ws/rates',
    ]);
  });

  it.each(named(reads))('%s changes nothing', async (_, route) => {
    const before = contents();
    for (const method of new Set([route.method, 'GET', 'HEAD', 'OPTIONS'])) {
      const hasBody = route.hasBody && method === route.method;
      const response = await ask({ ...route, method, hasBody });
      // Mirrors say 503 of what is not loaded.
      expect(response.status).toBeLessThan(route.isMirror ? 504 : 500);
      // Of the reads only SOAP has a body; a malformed one is its fault 500.
      if (!hasBody) expect(response.status).not.toBe(500);
      // The stream has no end of its own.
      await response.body?.cancel();
    }
    expect(contents()).toBe(before);
  });

  it.each(named(writes.filter(({ hasBody }) => hasBody)))(
    '%s accepts only JSON bodies, and says so only to a valid key',
    async (_, { method, address }) => {
      const before = contents();
      const send = (body: RequestInit['body'], headers: Record<string, string> = {}) =>
        fetch(`${kurs.url}${address}`, { method, headers, ...(body ? { body } : {}) });
      const withKey = { 'X-API-Key': erp.key };
      const fields = JSON.stringify(NEW_RATE);
      const others: [RequestInit['body'], Record<string, string>][] = [
        [new URLSearchParams({ code: 'TST' }), {}],
        [fields, {}],
        [new TextEncoder().encode(fields), {}],
        [fields, { 'Content-Type': 'application/merge-patch+json' }],
        [fields, { 'Content-Type': 'application/json; charset=latin1' }],
      ];
      for (const [body, headers] of others) {
        const refused = await send(body, { ...headers, ...withKey });
        const { status, code } = await problemOf(refused);
        expect([headers, status, code]).toEqual([headers, 415, 'http.unsupported_media_type']);
      }
      expect((await send(new URLSearchParams({ code: 'TST' }))).status).toBe(401);
      // The empty body lacks its fields.
      expect((await send(undefined, withKey)).status).toBe(422);
      expect(contents()).toBe(before);
    },
  );

  describe.each(named(writes))('%s', (_, route) => {
    it('is 401 without a key, and with an unknown one', async () => {
      const before = contents();
      const refused = await ask(route);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="kurs"');
      expect(await problemOf(refused)).toMatchObject({ code: 'http.key_required' });
      const unknown = await ask(route, { 'X-API-Key': newApiKey('erp', ['write']).key });
      expect(unknown.status).toBe(401);
      expect(await problemOf(unknown)).toMatchObject({ code: 'http.key_unknown' });
      expect(contents()).toBe(before);
    });

    it('is 403 with a key of another scope, and for requests that a browser was made to send', async () => {
      const [own, other] = route.path.startsWith('/tasks') ? [cron, erp] : [erp, cron];
      const before = contents();
      const scopeless = await ask(route, { 'X-API-Key': other.key });
      expect(scopeless.status).toBe(403);
      expect(await problemOf(scopeless)).toMatchObject({ code: 'http.scope_missing' });
      const hands: Record<string, string>[] = [
        { 'Sec-Fetch-Site': 'cross-site' },
        { Origin: 'https://shop.example' },
        { 'Sec-Purpose': 'prefetch' },
      ];
      for (const hand of hands) {
        const foreign = await ask(route, { 'X-API-Key': own.key, ...hand });
        expect(foreign.status).toBe(403);
        expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
        expect(await problemOf(foreign)).toMatchObject({ code: 'http.foreign_write' });
      }
      expect(contents()).toBe(before);
    });

    it('is not allowed by a preflight, which allows only reads', async () => {
      const preflight = await ask(
        { ...route, method: 'OPTIONS', hasBody: false },
        { Origin: 'https://shop.example', 'Access-Control-Request-Method': route.method },
      );
      expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
      expect(preflight.headers.get('access-control-allow-headers') ?? '').not.toMatch(
        /api-key|authorization|content-type/i,
      );
    });

    it('accepts its key in either header', async () => {
      const { key } = route.path.startsWith('/tasks') ? cron : erp;
      const answers = await Promise.all([
        ask(route, { 'X-API-Key': key }),
        ask(route, { Authorization: `Bearer ${key}` }),
      ]);
      // A navigation that another site starts carries no key.
      const bar = { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'X-API-Key': key };
      answers.push(await ask(route, bar));
      // The example's rate may not exist, or lack optional fields: access was granted all the same.
      for (const { status } of answers) expect([200, 201, 204, 404, 422]).toContain(status);
    });
  });

  it('records the caller with every version', async () => {
    const key = { 'X-API-Key': erp.key };
    const create = withBody('POST', { ...NEW_RATE, code: 'WHO' });
    const created = await getJson<RateBody>(`${kurs.url}/rates/create`, {
      ...create,
      headers: { ...create.headers, ...key },
    });
    const eur = await getJson<RateBody[]>(`${kurs.url}/rates/get/EUR`);
    const edit = withBody('PATCH', EDIT);
    for (const id of [created.id, eur[0]?.id ?? 0]) {
      await fetch(`${kurs.url}/rates/update?rate_id=${id}`, {
        ...edit,
        headers: { ...edit.headers, ...key },
      });
    }
    const revisionsOf = (code: string) =>
      getJson<object[]>(`${kurs.url}/v1/rates/${code}/revisions`);
    expect(await revisionsOf('WHO')).toMatchObject([
      { reason: 'edit', recorded_by: 'erp', superseded_by: 'erp' },
    ]);
    expect(await revisionsOf('EUR')).toMatchObject([
      { reason: 'edit', recorded_by: null, superseded_by: 'erp' },
    ]);
    bank.publish(sheetXml('25.04.2026', [USD, at(EUR, '88,9999')]));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST', headers: { 'X-API-Key': cron.key } });
    expect((await revisionsOf('EUR'))[1]).toMatchObject({
      ...{ reason: 'correction', recorded_by: 'erp', superseded_by: null },
    });
  });

  it('lets only pages of ALLOWED_ORIGINS read', async () => {
    const origins = async (origin: string) =>
      (await fetch(`${kurs.url}/v1/rates`, { headers: { Origin: origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await origins('https://shop.example')).toBe('https://shop.example');
    expect(await origins('https://evil.example')).toBeNull();
  });
});

const NEW_RATE = { code: 'TST', name: 'Тест', value: '1.5' };
const EDIT = { value: '77.7' };

/** Digest of every row of every table. */
function contentsOf(path: string): string {
  const database = new Sqlite(path, { readonly: true });
  const hash = createHash('sha256');
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  for (const table of tables) {
    // The result of a run is stored after its client was answered.
    const columns = table === 'fetch_state' ? 'newest_run' : '*';
    const rows: unknown[] = database.prepare(`SELECT ${columns} FROM "${table}"`).raw().all();
    hash.update(`${table}\n${JSON.stringify(rows)}\n`);
  }
  database.close();
  return hash.digest('hex');
}
