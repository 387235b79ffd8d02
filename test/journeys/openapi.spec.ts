import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { paths } from '../support/api-types.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';

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
    kurs = await KursProcess.start({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    await kurs.printed(/saved 2 records/);
  });

  afterAll(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  it('in docs/ is the one that the service serves; npm run documents writes it', async () => {
    const committed = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as unknown;
    expect(committed).toEqual(await getJson(`${kurs.url}/openapi.json`));
  });

  it('gives the types of the client below', () => {
    const generator = 'node_modules/openapi-typescript/bin/cli.js';
    const types = execFileSync(process.execPath, [generator, 'docs/openapi.json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(types.trim()).toBe(readFileSync('test/support/api-types.ts', 'utf8').trim());
  });

  it('shows a problem as the service answers it', async () => {
    const { components } = await getJson<{ components: { schemas: { Problem: ProblemSchema } } }>(
      `${kurs.url}/openapi.json`,
    );
    const { title, status } = components.schemas.Problem.properties;
    const refused = await getJson(`${kurs.url}/v1/rates?nonsense=1`);
    expect(refused).toMatchObject({ title: title.example, status: status.example });
  });

  it('makes a typed client that works', async () => {
    const client = createClient<paths, 'application/json' | 'application/problem+json'>({
      baseUrl: kurs.url,
    });
    const { data: rate } = await client.GET('/v1/rates/{code}', {
      params: { path: { code: 'USD' }, query: { quote: 'EUR', date: '2026-04-25' } },
    });
    const digits: string | undefined = rate?.rate;
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
