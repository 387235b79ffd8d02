import { databases, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog, readRates } from '../support/log-reader.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

const REQUESTS = 30;

describe.each(databases)('requests with an Idempotency-Key on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await create();
  });

  afterAll(async () => {
    await database.drop();
    await bank.stop();
  });

  it('create one row and one event each, although killed and repeated', async () => {
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    const send = (kurs: KursProcess, index: number) => {
      const body = { code: 'TST', name: `Тест ${index}`, value: `${index + 1}.50` };
      const init = withBody('POST', body);
      const headers = { ...init.headers, 'Idempotency-Key': `key-${index}` };
      return fetch(`${kurs.url}/v1/rates`, { ...init, headers });
    };
    const all = Array.from({ length: REQUESTS }, (_, index) => index);

    const first = await KursProcess.start(environment);
    await first.printed(/saved 1 records/);
    const answers = new Map<number, string>();
    const sent = all.map(async (index) => {
      const response = await send(first, index);
      answers.set(index, await response.text());
      // The others are on their way, some written and not yet answered.
      if (answers.size === 5) await first.kill('SIGKILL');
    });
    await Promise.allSettled(sent);
    expect(answers.size).toBeLessThan(REQUESTS);

    const second = await KursProcess.start(environment);
    for (const index of all) {
      const response = await send(second, index);
      expect(response.status).toBe(201);
      const text = await response.text();
      expect(text).toBe(answers.get(index) ?? text);
    }
    await second.kill('SIGKILL');
    expect(await readRates(database.url)).toHaveLength(1 + REQUESTS);
    const log = await readLog(database.url);
    expect(log.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1 + REQUESTS }, (_, i) => i + 1),
    );
  });
});
