import { newestPublished, publishedOn } from '../../src/rates/storage/published-figures.js';
import fc from 'fast-check';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { Reader } from '../../src/database/reader.js';
import { Backfill } from '../../src/tasks/backfill.js';
import { FetchRun, nothingFetched } from '../../src/tasks/fetch-run.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { queryPlan } from '../support/query-plan.js';
import { at, manyValutes, sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

interface Published {
  code: string;
  nominal: number;
  value: string;
}

describe.each(databases)('many rates on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    database = await create();
    bank.publish(sheetXml('25.04.2026', [USD]));
    bank.list(DICTIONARY);
    for (const { id } of DICTIONARY) bank.record(id, everySheet('2012-01-01', '2026-04-24'));
    const clock = new TestClock('2026-04-25T09:00:00Z');
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
    const stop = new AbortController().signal;
    const totals = nothingFetched();
    const newest = await kurs.get(FetchRun).run(totals, { stop, isForced: true });
    const request = { from: toCalendarDate('2012-01-01') };
    await kurs.get(Backfill).run(request, newest, () => undefined, stop);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  it('that a fetch compares with are found by index, without a scan of the table', async () => {
    const plans: [string, unknown[]][] = [];
    const reader = kurs.get(Reader);
    const watched = {
      select: (...of: Parameters<Reader['select']>) => {
        const query = reader.select(...of);
        const getRawMany = query.getRawMany.bind(query);
        query.getRawMany = <T>() => {
          plans.push(query.getQueryAndParameters());
          return getRawMany<T>();
        };
        return query;
      },
    } as unknown as Reader;
    const day = toCalendarDate('2015-06-20');
    await newestPublished(watched, day);
    await newestPublished(watched, day, ['USD']);
    await publishedOn(watched, day);
    const found = await Promise.all(plans.map((each) => queryPlan(database.url, ...each)));
    const rates = found.filter((_, index) => /FROM "?rates\b/.test(plans[index]?.[0] ?? ''));
    expect(rates).toHaveLength(3);
    for (const plan of rates) {
      expect(plan).toMatch(
        /rates_one_per_day|rates_by_sheet_and_code|rates_manual_by|sqlite_autoindex_rates_1/,
      );
      expect(plan).not.toMatch(/SCAN (?:version|rates)|Seq Scan on rates/);
    }
  });
});

describe.each(databases)('published digits on $engine', ({ create }) => {
  it('are returned as printed', async () => {
    const bank = await FakeBank.start();
    const database = await create();
    const clock = new TestClock('2026-04-25T09:00:00Z');
    bank.publish(sheetXml('25.04.2026', manyValutes(50)));
    const kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
    const digits = fc
      .tuple(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), fc.integer({ min: 1, max: 10 }))
      .map(([figure, places]) => {
        const text = String(figure).padStart(places + 1, '0');
        return `${text.slice(0, -places)},${text.slice(-places)}`;
      });
    const power: fc.Arbitrary<number> = fc
      .integer({ min: 0, max: 9 })
      .map((exponent) => 10 ** exponent);
    const sheet = fc.array(fc.tuple(digits, power), { minLength: 50, maxLength: 50 });
    try {
      await fc.assert(
        fc.asyncProperty(sheet, async (figures) => {
          const valutes = manyValutes(figures.length).map((valute, index) =>
            at(valute, ...(figures[index] ?? ['1,0', 1])),
          );
          bank.publish(sheetXml('25.04.2026', valutes));
          await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
          const rates = await getJson<Published[]>(`${kurs.url}/v1/rates?date=2026-04-25`);
          const printed = valutes.map(({ code, value, nominal }) => ({
            ...{ code, nominal, value: value.replace(',', '.') },
          }));
          expect(rates.map(({ code, nominal, value }) => ({ code, nominal, value }))).toEqual(
            printed,
          );
        }),
        { numRuns: 6, seed: Number(process.env.KURS_SEED ?? 1992_07_01) },
      );
    } finally {
      await kurs.stop();
      await database.drop();
      await bank.stop();
    }
  });
});
