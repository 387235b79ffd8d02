import { execFileSync } from 'node:child_process';
import { hashOfKey } from '../../src/config/api-key.js';
import { CANARY } from '../support/canary.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { documentedRoutes } from '../support/documented-routes.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

const KEY = `kurs_${CANARY}`;
const SHA256 = hashOfKey(KEY).toString('hex');
/** What must not be seen: the keys of the test, and what the service knows of them. */
const SECRETS = new RegExp(`${CANARY}|${SHA256}`);

describe('secrets', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    const config = `authorization { user: kurs, password: ${CANARY} }`;
    broker = await NatsServer.start({ config });
    database = await createPostgres();
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url.replace('//', `//kurs:${CANARY}@`),
      DATABASE_URL: database.url,
      NATS_URL: broker.url.replace('//', `//kurs:${CANARY}@`),
      API_KEYS: `erp:write+tasks:${SHA256}`,
      LOG_LEVEL: 'verbose',
      LOG_FORMAT: 'json',
    });
    await kurs.printed(/saved 1 records/);
  });

  afterAll(async () => {
    await kurs.kill('SIGKILL');
    await bank.stop();
  });

  /** Every documented route, with the key where keys go, and where they do not. */
  const askEverything = async () => {
    const headers = { 'X-API-Key': KEY };
    const addresses = ['/openapi.json', '/asyncapi.json', '/docs', '/nowhere'];
    const reads = documentedRoutes().filter(({ method }) => method === 'GET');
    const asked = [...addresses, ...reads.map(({ address }) => address)].map(async (address) => {
      const response = await fetch(`${kurs.url}${address}`, { headers });
      // The stream has no end of its own.
      const isEndless = address === '/v1/stream' && response.ok;
      if (isEndless) await response.body?.cancel();
      const text = isEndless ? '' : await response.text();
      return `${address} ${JSON.stringify([...response.headers])} ${text}`;
    });
    const wrongKeys: Record<string, string>[] = [
      { 'X-API-Key': `${KEY}x` },
      { Authorization: `Basic ${KEY}` },
    ];
    const wrong = wrongKeys.map(async (header) => {
      const body = withBody('POST', { code: 'TST', name: 'Т', value: '1' });
      const init = { ...body, headers: { ...body.headers, ...header } };
      return (await fetch(`${kurs.url}/rates/create`, init)).text();
    });
    const run = fetch(`${kurs.url}/tasks/run`, { method: 'POST', headers });
    return Promise.all([...asked, ...wrong, run.then((response) => response.text())]);
  };

  it('are in no answer, metric or document of a healthy service', async () => {
    const answers = await askEverything();
    expect(answers.length).toBeGreaterThan(20);
    for (const answer of answers) expect(answer).not.toMatch(SECRETS);
  });

  it('are in none while the bank and the broker are down', async () => {
    await broker.stop();
    bank.misbehave((_, response) => response.destroy());
    for (const answer of await askEverything()) expect(answer).not.toMatch(SECRETS);
    bank.misbehave((_, response) =>
      response.writeHead(302, { Location: 'http://127.0.0.1:1' }).end(),
    );
    for (const answer of await askEverything()) expect(answer).not.toMatch(SECRETS);
  });

  it('are in none while the database is down', async () => {
    await database.drop();
    for (const answer of await askEverything()) expect(answer).not.toMatch(SECRETS);
  });

  it('are in no log line and no process title', () => {
    expect(kurs.output).toContain('by erp');
    expect(kurs.output).not.toMatch(SECRETS);
    const title = execFileSync('ps', ['-o', 'args=', '-p', String(kurs.pid)], { encoding: 'utf8' });
    expect(title).toContain('main.js');
    expect(title).not.toMatch(SECRETS);
  });

  it('are not printed when the start fails', async () => {
    const unusable: Record<string, string>[] = [
      { DATABASE_URL: `postgres://kurs:${CANARY}@127.0.0.1:1/kurs` },
      { DATABASE_URL: `mysql://kurs:${CANARY}@127.0.0.1/kurs` },
      { API_KEYS: `erp:write:${CANARY}` },
      { NATS_URL: `amqp://kurs:${CANARY}@127.0.0.1` },
      { CBR_BASE_URL: `ftp://kurs:${CANARY}@127.0.0.1` },
    ];
    const failed = unusable.map((environment) => KursProcess.spawn(environment));
    for (const each of failed) {
      expect((await each.exited).code).not.toBe(0);
      expect(each.output).toMatch(/DATABASE_URL|API_KEYS|NATS_URL|CBR_BASE_URL|database/i);
      expect(each.output).not.toMatch(SECRETS);
    }
  });

  it('are not printed when the bank’s proxy is unreachable', async () => {
    const proxy = `http://kurs:${CANARY}@127.0.0.1:${await freePort()}`;
    const { url } = database;
    const proxied = await KursProcess.start({
      HTTP_PROXY: proxy,
      CBR_BASE_URL: 'http://bank.example',
      DATABASE_URL: `sqlite:${url.split('/').at(-1)}.db`,
    });
    await proxied.printed(/No rates/);
    await proxied.kill('SIGTERM');
    expect(proxied.output).not.toMatch(SECRETS);
  });
});
