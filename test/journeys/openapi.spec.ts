import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { paths } from '../support/api-types.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { documentedRoutes } from '../support/documented-routes.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';

interface Documented {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { headers?: object } | undefined> }>
  >;
  components: { headers: object };
}

const openApi = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Documented;
/** Of the message, its body and its safety in browsers: nothing that a client has to know from us. */
const OF_HTTP =
  /^(?:access-control-(?:allow-origin|expose-headers)|connection|keep-alive|date|vary|transfer-encoding|content-.*|cross-origin-.*|origin-agent-cluster|referrer-policy|x-(?:content|dns|download|frame|permitted|xss)-.*)$/;

interface ProblemSchema {
  properties: Record<'title' | 'status', { example: unknown }>;
}

describe('the OpenAPI document', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    database = await createSqlite();
    // The built service: the descriptions are added when it is built.
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      JUMP_LIMIT_PERCENT: '20',
    });
    await kurs.printed(/saved 2 records/);
  });

  afterAll(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  const [undeclared, seen] = [new Set<string>(), new Set<string>()];

  /** Asks, and notes headers of the answer that are not declared for its route and status. */
  const ask = async (
    method: string,
    path: string,
    address: string,
    init: RequestInit = {},
    headers: Record<string, string> = {},
  ) => {
    const given = { ...(init.headers as Record<string, string> | undefined), ...headers };
    const response = await fetch(kurs.url + address, { ...init, headers: given });
    await response.arrayBuffer();
    const { responses } = openApi.paths[path]?.[method] ?? { responses: {} };
    const declared = responses[response.status] ?? responses.default;
    const names = Object.keys(declared?.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of response.headers.keys()) {
      if (OF_HTTP.test(name)) continue;
      seen.add(name);
      if (!names.includes(name)) undeclared.add(`${method} ${path} ${response.status}: ${name}`);
    }
  };

  it('equals docs/openapi.json, which npm run documents writes', async () => {
    const committed = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as unknown;
    expect(committed).toEqual(await getJson(`${kurs.url}/openapi.json`));
  });

  it('generates the types of the client below', () => {
    const generator = 'node_modules/openapi-typescript/bin/cli.js';
    const types = execFileSync(process.execPath, [generator, 'docs/openapi.json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(types.trim()).toBe(readFileSync('test/support/api-types.ts', 'utf8').trim());
  });

  it('has the problem documents of the service as examples', async () => {
    const { components } = await getJson<{ components: { schemas: { Problem: ProblemSchema } } }>(
      `${kurs.url}/openapi.json`,
    );
    const { title, status } = components.schemas.Problem.properties;
    const refused = await getJson(`${kurs.url}/v1/rates?nonsense=1`);
    expect(refused).toMatchObject({ title: title.example, status: status.example });
  });

  it('declares every header that answers carry', async () => {
    const key = { 'Idempotency-Key': 'headers' };
    const rate = { code: 'HDR', name: 'Headers', value: '1' };
    const create = () => ask('post', '/v1/rates', '/v1/rates', withBody('POST', rate), key);
    bank.publish(sheetXml('26.04.2026', [at(USD, '99,0000'), EUR]));
    await ask('post', '/tasks/run', '/tasks/run', { method: 'POST' });
    // Today cannot be had.
    bank.misbehave((_, response) => void response.end('<html></html>'));
    await ask('post', '/tasks/run', '/tasks/run', { method: 'POST' });
    bank.misbehave();
    const [read, one] = ['/v1/rates', '/v1/rates/{code}'];
    const asked: [string, string, string, RequestInit?, Record<string, string>?][] = [
      ...documentedRoutes()
        .filter(({ method, path }) => method === 'GET' && path !== '/v1/stream')
        .map(({ path, address }) => ['get', path, address] as [string, string, string]),
      ['get', read, '/v1/rates?from=2026-04-25&limit=1'],
      ['get', read, '/v1/rates?from=2026-04-25&limit=1', {}, { 'If-None-Match': '*' }],
      ['get', one, '/v1/rates/USD?date=latest'],
      ['get', one, '/v1/rates/USD', { method: 'PUT' }],
      ['get', one, '/v1/rates/USD?colour=red'],
      ['get', `${one}/history`, '/v1/rates/USD/history?from=2026-04-25&fill=calendar&limit=1'],
      ['get', '/v1/convert', '/v1/convert?amount=1&from=USD&to=RUB&date=latest'],
      ['get', '/v1/sheets/{date}', '/v1/sheets/2026-04-25'],
      ['get', '/v1/sheets/{date}.xml', '/v1/sheets/2026-04-25.xml'],
      ['patch', one, '/v1/rates/1', withBody('PATCH', { value: 1 }), { 'If-Match': '"none"' }],
      ['delete', one, '/v1/rates/1', { method: 'DELETE' }, { 'Sec-Purpose': 'prefetch' }],
    ];
    for (const request of asked) await ask(...request);
    await create();
    await create();
    expect([...undeclared]).toEqual([]);
    // Those that only keys or a database that is away bring; the newest sheet is too old for the mirrors.
    const others = ['www-authenticate', 'kurs-data-as-of', 'kurs-built'];
    const { headers } = openApi.components;
    const unseen = Object.keys(headers)
      .map((name) => name.toLowerCase())
      // Absent in the second in which something has changed.
      .filter((name) => !seen.has(name) && name !== 'last-modified');
    expect(unseen.sort()).toEqual(others.sort());
  });

  it('generates a typed client that works', async () => {
    const client = createClient<paths, 'application/json' | 'application/problem+json'>({
      baseUrl: kurs.url,
    });
    const { data: rate } = await client.GET('/v1/rates/{code}', {
      params: { path: { code: 'USD' }, query: { quote: 'EUR', date: '2026-04-25' } },
    });
    // By a code it is that of a day; by an id it is one as it is stored.
    const digits = rate !== undefined && 'rate' in rate ? rate.rate : undefined;
    expect(digits).toBe('0.8572711175682731379537354430');
    const { data: conversion } = await client.GET('/v1/convert', {
      params: { query: { amount: '10', from: 'EUR', to: 'RUB' } },
    });
    expect(conversion?.rounded).toBe('881.02');
    const { data: stored, response } = await client.POST('/v1/rates', {
      params: { header: { 'Idempotency-Key': 'typed' } },
      body: { code: 'TST', name: 'Тест', value: '1.50' },
    });
    expect(stored).toMatchObject({ code: 'TST', value: '1.50' });
    const { response: deleted } = await client.DELETE('/v1/rates/{code}', {
      params: {
        path: { code: stored?.id ?? 0 },
        header: { 'If-Match': response.headers.get('etag') ?? '' },
      },
    });
    expect(deleted.status).toBe(204);
    const { error } = await client.GET('/v1/rates/{code}', { params: { path: { code: 'XYZ' } } });
    expect(error?.code).toBe('rates.unknown_code');
  });
});
