import { readFileSync, writeFileSync } from 'node:fs';
import { OriginalDatabase } from '../../src/cli/import-original/original-database.js';
import { OriginalImport } from '../../src/cli/import-original/original-import.js';
import { ImportedRatesService } from '../../src/rates/editing/imported-rates.service.js';
import { createSqlite, databases, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { readLog } from '../support/log-reader.js';
import { LOOSE_TABLE, originalFile, TABLE } from '../support/original-file.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

type Row = [code: string, name: string, value: number, created_at: string];

interface Rate {
  id: number;
  code: string;
  value: number;
  nominal: number;
  effective_date: string;
  created_at: string;
  source: string;
}

const NOW = new Date('2026-04-24T13:00:00Z');

describe.each(databases)('rates of the original on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD]));
    database = await create();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = await startKurs(environment, new TestClock(NOW.toISOString()));
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const importFile = async (path: string, zone = 'UTC') => {
    const original = OriginalDatabase.open(path, undefined);
    try {
      const run = new OriginalImport(original, kurs.get(ImportedRatesService), { zone, now: NOW });
      return await run.run(new AbortController().signal, () => undefined);
    } finally {
      original.close();
    }
  };
  const ratesOf = async (code: string) => getJson<Rate[]>(`${kurs.url}/rates/get/${code}`);

  it('become manual rates with their time, once, in pages, with few events', async () => {
    const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index, 21, 30));
    const rows = Array.from({ length: 450 }, (_, index): Row => [
      'JPY',
      'Иен',
      50 + index / 1_000,
      day(index).toISOString().slice(0, -1).replace('T', ' '),
    ]);
    const file = originalFile([...rows, ['usd', 'Доллар США', 78.585, '2026-04-20 10:00:00']]);
    const before = readFileSync(file);
    expect(await importFile(file)).toEqual({ added: 451, known: 0, announced: 1, rejected: [] });
    expect(readFileSync(file)).toEqual(before);

    const jpy = (await ratesOf('JPY')).reverse();
    expect(jpy.map(({ value }) => value)).toEqual(rows.map(([, , value]) => value));
    // 21:30 in London is 00:30 in Moscow.
    expect(jpy[0]).toMatchObject({
      ...{ nominal: 1, source: 'manual' },
      ...{ created_at: '2025-01-01T21:30:00.000Z', effective_date: '2025-01-02' },
    });
    const ids = jpy.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    const some = await getJson<Rate[]>(`${kurs.url}/rates/get/JPY?limit=300&offset=100`);
    expect(some.map(({ id }) => id)).toEqual(ids.reverse().slice(100, 400));
    // The bank's dollar is newer, so the imported one is history; likewise all yen but the last.
    const told = (await readLog(database.url)).map(({ event, code }) => `${event} ${code}`);
    expect(told).toEqual(['rate_created USD', 'rate_created JPY']);

    const again = { added: 0, known: 451, announced: 0, rejected: [] };
    expect(await importFile(file)).toEqual(again);
    // Later manual edits are kept.
    const [last] = jpy.slice(-1);
    const path = `${kurs.url}/rates/update?rate_id=${last?.id}`;
    await getJson(path, withBody('PATCH', { value: '60.5' }));
    await fetch(`${kurs.url}/rates/delete?rate_id=${jpy[0]?.id}`, { method: 'DELETE' });
    expect(await importFile(file)).toEqual(again);
    expect(await ratesOf('JPY')).toHaveLength(449);
  });

  it('are rejected one by one, by id and reason, and the others stored', async () => {
    const file = originalFile(
      [
        ['GOLD', 'Gold', 9_876.5, '2025-12-23 10:00:00'],
        ['GOLD', 'Gold', null, '2025-12-23 10:00:00'],
        ['gold', 'Gold, again', 9_876.5, '2025-12-23T10:00:00Z'],
        ['GOLD', 'Gold', 9_877, '2025-12-23 10:00:00'],
        ['US$', 'Dollar', 1, '2025-12-23 10:00:00'],
      ],
      'My Rates',
      LOOSE_TABLE('My Rates'),
    );
    const { rejected, ...totals } = await importFile(file);
    expect(totals).toEqual({ added: 2, known: 0, announced: 1 });
    expect(rejected.map(({ row, reason }) => `${row}: ${reason}`)).toEqual([
      expect.stringMatching(/^2: value is NULL/),
      '3: it repeats row 1: GOLD 2025-12-23T10:00:00.000Z 9876.5',
      expect.stringMatching(/^5: code is "US\$"/),
    ]);
    expect(await getJson(`${kurs.url}/v1/rates/GOLD?source=manual`)).toMatchObject({
      value: '9877',
      effective_date: '2025-12-23',
    });
  });

  it.each(['UTF-8', 'UTF-16le', 'UTF-16be'])(
    'are rejected if a name is not valid %s, and never altered',
    async (encoding) => {
      const code = encoding.replace(/\W/g, '').toUpperCase();
      // Windows-1251, and half of a surrogate pair.
      const broken = encoding === 'UTF-8' ? 'C7EEEB' : encoding === 'UTF-16le' ? '3DD8' : 'D83D';
      const bad = `INSERT INTO rates (code, name, value, created_at)
        VALUES ('${code}', CAST(x'${broken}' AS TEXT), 1.5, '2026-04-20 10:00:00')`;
      const setUp = [`PRAGMA encoding = '${encoding}'`, TABLE('rates'), bad] as const;
      const file = originalFile(
        [[code, 'Золото \ufffd', 2.5, '2026-04-21 10:00:00']],
        'rates',
        ...setUp,
      );
      expect(await importFile(file)).toMatchObject({
        added: 1,
        rejected: [{ row: '1', reason: expect.stringMatching(/^name is x'/) as string }],
      });
      expect(await ratesOf(code)).toMatchObject([{ name: 'Золото \ufffd', value: 2.5 }]);
    },
  );
});

describe('the file of the original', () => {
  const open = (path: string, table?: string) => OriginalDatabase.open(path, table).table;

  it('has one table of rates, or the caller names the table', () => {
    expect(open(originalFile([], 'currency_rates'))).toBe('currency_rates');
    const two = originalFile([], 'rates', TABLE('rates'), LOOSE_TABLE('old rates'));
    expect(() => open(two)).toThrow(
      /several tables of rates: rates, old rates; choose one with --table/,
    );
    expect(open(two, 'old rates')).toBe('old rates');
    expect(() => open(two, 'new')).toThrow(/has no table new; its tables: rates, old rates/);
  });

  it('is rejected with a reason if it is not one', async () => {
    const other = originalFile([], 'rates', TABLE('rates'), 'CREATE TABLE other (id, code)');
    expect(() => open(other, 'other')).toThrow(/lacks the columns name, value, created_at/);
    expect(() => open('/nowhere/rates.db')).toThrow('There is no file /nowhere/rates.db');
    writeFileSync(other, 'this is no database, and long enough to be told from one'.repeat(100));
    expect(() => open(other)).toThrow(/cannot be read: .*file is not a database/);
    const own = await createSqlite();
    const bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD]));
    const kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: own.url });
    expect(() => open(own.url.slice('sqlite:'.length))).toThrow(/is a database of Kurs/);
    await kurs.stop();
    await bank.stop();
    await own.drop();
  });
});
