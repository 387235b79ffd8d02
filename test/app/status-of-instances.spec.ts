import { RateBooks } from '../../src/rates/book/index.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';

describe('an instance that has not read a commit of another yet', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let [writer, reader]: RunningKurs[] = [];

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD, EUR]));
    database = await createPostgres();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    [writer, reader] = [await startKurs(environment), await startKurs(environment)];
  });

  afterAll(async () => {
    await reader?.stop();
    await writer?.stop();
    await database.drop();
    await bank.stop();
  });

  const positions = async () => {
    const [status, snapshot] = await Promise.all([
      getJson<{ data_version: number; seq: number }>(`${reader?.url}/v1/status`),
      fetch(`${reader?.url}/`).then((response) => response.text()),
    ]);
    const painted = Number(/data-version="(\d+)"/.exec(snapshot)?.[1]);
    return { painted, data_version: status.data_version, seq: status.seq };
  };

  it('has the same version in its status as in its rates', async () => {
    const before = await positions();
    expect(before.data_version).toBe(before.painted);
    const books = reader?.get(RateBooks);
    if (!books) throw new Error('The instance does not run');
    const blind = jest.spyOn(books, 'follow').mockResolvedValue();
    const gold = { code: 'GOLD', name: 'Gold', value: '12.5' };
    await getJson(`${writer?.url}/rates/create`, withBody('POST', gold));
    expect(await positions()).toEqual(before);
    blind.mockRestore();
    await eventually('the instance follows', async () => {
      const now = await positions();
      return now.painted > before.painted && now.seq > before.seq;
    });
    const after = await positions();
    expect(after.data_version).toBe(after.painted);
  });
});
