import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

interface Operation {
  summary?: string;
  parameters?: {
    name: string;
    description?: string;
    // Swagger UI fills in `example`, and only shows `examples`.
    schema?: { example?: unknown; examples?: unknown[] };
  }[];
  responses: Record<
    string,
    { description: string; content?: Record<string, { example?: unknown; schema?: unknown }> }
  >;
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, Record<string, unknown>> }> };
}

describe('the start', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
  });

  afterEach(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  it('rejects bad settings with code 78, all names and no values', async () => {
    kurs = KursProcess.spawn({
      PORT: '70000',
      DATABASE_URL: 'mysql://user:hush@db',
      LOG_LEVEL: 'hush',
    });
    expect(await kurs.exited).toEqual({ code: 78, signal: null });
    for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL']) expect(kurs.output).toContain(name);
    expect(kurs.output).not.toContain('hush');
    expect(kurs.output.trim().split('\n')).toHaveLength(1);
  });

  it('is read-only, and logs so, if others can reach it and no keys are set', async () => {
    kurs = await KursProcess.start({
      HOST: '0.0.0.0',
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
    });
    await kurs.printed(/saved 1 records/);
    expect(kurs.output).toMatch(
      /WARN.*Read-only: API_KEYS is not set, and other machines may reach 0\.0\.0\.0/,
    );
    const here = kurs.url.replace('0.0.0.0', '127.0.0.1');
    const refused = await fetch(`${here}/tasks/run`, { method: 'POST' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'http.read_only' });
    expect((await fetch(`${here}/v1/rates`)).status).toBe(200);
  });

  it('succeeds without a bank, and logs cause, next attempt and remedy in three lines', async () => {
    await bank.stop();
    kurs = await KursProcess.start({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    await kurs.printed(/cbr\.unreachable/);
    await kurs.printed(/made-up figures/);
    const [failure, next, help, ...more] = kurs.output
      .split('\n')
      .filter((line) => /ERROR|WARN/.test(line));
    expect(failure).toContain('No rates: The bank cannot be reached');
    expect(next).toMatch(/The bank is asked again at \d{4}-.*Z; until then there are no rates/);
    expect(help).toMatch(/HTTPS_PROXY.*"npm run kurs -- doctor".*"DEMO=1 npm run kurs -- start"/);
    expect(more).toEqual([]);
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({
      last_run: { result: 'failure', code: 'cbr.unreachable' },
    });
    bank = await FakeBank.start();
  });

  it('announces its address only after it answers requests', async () => {
    kurs = await KursProcess.start({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    const [first] = kurs.output.split('\n').filter((line) => /started|answers|listen/i.test(line));
    expect(first).toContain(`Kurs answers on ${kurs.url}`);
  });

  it('fails with one line and a code if another service uses the database', async () => {
    kurs = await KursProcess.start({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    const second = KursProcess.spawn({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.output.trim().split('\n')).toHaveLength(1);
    expect(second.output).toContain('Another Kurs service is running');
  });

  it.each(['text', 'json'])(
    'fails with one line and a remedy, without requests, if the port is taken (%s)',
    async (LOG_FORMAT) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const PORT = String((other.address() as AddressInfo).port);
      const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url, LOG_FORMAT, PORT };
      kurs = KursProcess.spawn(environment);
      expect(await kurs.exited).toEqual({ code: 1, signal: null });
      other.close();
      expect(kurs.output.trim().split('\n')).toHaveLength(1);
      expect(kurs.output).toContain(`Port ${PORT} on 127.0.0.1 is in use by another process;`);
      expect(kurs.output).toContain('or change PORT');
      expect(bank.questions).toEqual([]);
    },
  );

  it('fails with one line if the address belongs to another machine', async () => {
    // TEST-NET-3 (RFC 5737).
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = KursProcess.spawn({ ...environment, HOST: '203.0.113.1', PORT: '3000' });
    expect((await kurs.exited).code).toBe(1);
    expect(kurs.output.trim().split('\n')).toHaveLength(1);
    expect(kurs.output).toContain('203.0.113.1 is not an address of this machine; set HOST');
  });

  it('serves Swagger UI and a complete OpenAPI 3.1 document without lint errors', async () => {
    kurs = await KursProcess.start({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    const page = await fetch(`${kurs.url}/docs`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Kurs API</title>');

    const document = await getJson<OpenApi>(`${kurs.url}/openapi.json`);
    expect(document.openapi).toBe('3.1.0');
    expect(undescribed(document)).toEqual([]);

    const file = join(mkdtempSync(join(tmpdir(), 'kurs-openapi-')), 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    // Throws, with the complaints, when the linter has any.
    execFileSync(process.execPath, ['node_modules/@redocly/cli/bin/cli.js', 'lint', file], {
      stdio: 'pipe',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
  });
});

/** Everything in the document that lacks a description or an example. */
function undescribed({ paths, components }: OpenApi): string[] {
  const missing: string[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { summary, parameters = [], responses }] of Object.entries(operations)) {
      const operation = `${method} ${path}`;
      if (!summary) missing.push(operation);
      for (const { name, description, schema } of parameters) {
        const example = schema?.example ?? schema?.examples?.[0];
        if (!description || example === undefined) missing.push(`${operation}: ${name}`);
      }
      for (const [status, { content = {} }] of Object.entries(responses)) {
        for (const [type, { example, schema }] of Object.entries(content)) {
          const isProblem = type === 'application/problem+json';
          if (isProblem ? !example : !schema) missing.push(`${operation}: ${status}`);
        }
      }
    }
  }
  for (const [name, { properties = {} }] of Object.entries(components.schemas)) {
    for (const [property, schema] of Object.entries(properties)) {
      const isReference = ['$ref', 'anyOf', 'allOf', 'items'].some((each) => each in schema);
      if (!isReference && !('example' in schema)) {
        missing.push(`${name}.${property}`);
      }
    }
  }
  return missing;
}
