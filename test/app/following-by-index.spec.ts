import { startOfMoscowDay, toCalendarDate } from '../../src/common/calendar-date.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { openBookProcess } from '../support/book-process.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { indexedPlan } from '../support/query-plan.js';
import { RandomChanges } from '../support/random-changes.js';
import { Random } from '../support/random.js';
import { type SeenStatement, statementsSent } from '../support/seen-statements.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

/** Tables and sources that stay small: a row for each currency, or for each missing, denied or withdrawn sheet. */
const SMALL =
  /^(?:store|currencies|currency|leases|lease|backfill\w*|missing\w*|denied\w*|withdrawn\w*|wanted|dummy_table|\(|SUBQUERY|CONSTANT)/;

/** Scans in a query plan of either engine. */
function scansIn(plan: string): string[] {
  const found = plan.matchAll(/\bSCAN (\S+)|Seq Scan on (\S+)/g);
  return [...found]
    .map(([, ours, theirs]) => ours ?? theirs ?? '')
    .filter((name) => !SMALL.test(name));
}

async function scansOf(url: string, statements: readonly SeenStatement[]): Promise<string[]> {
  const asked = new Map(statements.map((each) => [each.sql, each]));
  const found: string[] = [];
  for (const { sql: sent, parameters } of asked.values()) {
    const sql = /^COPY \((.*)\) TO STDOUT/s.exec(sent)?.[1] ?? sent;
    // A statement without a condition reads the whole table on purpose.
    if (!/^\s*(?:SELECT|UPDATE|DELETE)\b.*\bWHERE\b/s.test(sql)) continue;
    const scans = scansIn(await indexedPlan(url, sql, parameters));
    found.push(...scans.map((name) => `${name}: ${sql}`));
  }
  return found;
}

describe.each(databases)('rows of large tables on $engine', ({ create }) => {
  let database: TestDatabase;
  let bank: FakeBank;
  let kurs: RunningKurs;

  beforeAll(async () => {
    database = await create();
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', manyValutes(8)));
    const clock = new TestClock('2026-04-25T09:00:00Z');
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
  });

  afterAll(async () => {
    await kurs.stop();
    await bank.stop();
    await database.drop();
  });

  it('are found by index when a sheet, a series or an edit is recorded, and when the book applies it', async () => {
    const statements = await statementsSent(async () => {
      bank.publish(sheetXml('25.04.2026', manyValutes(8)));
      await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
      const [rate] = await getJson<{ id: number }[]>(`${kurs.url}/rates/get?limit=1`);
      await kurs.get(RateEditsService).update(rate?.id ?? 0, { value: '12.5' }, null);
      const records = everySheet('2012-01-01', '2012-03-01').map(({ date }) => ({
        ...{ cbr_id: 'R01235', effective_date: toCalendarDate(date), nominal: 1, value: '30.5' },
      }));
      const covered = { from: toCalendarDate('2012-01-01'), to: toCalendarDate('2012-03-01') };
      const document = {
        ...{ kind: 'dynamic' as const, bytes: Buffer.from('x') },
        fetched_at: startOfMoscowDay(covered.to),
      };
      const history = { cbr_id: 'R01235', covered, records, document };
      await kurs.get(HistoryRecorder).record(history, () => Promise.resolve());
    });
    expect(statements.length).toBeGreaterThan(50);
    expect(await scansOf(database.url, statements)).toEqual([]);
  });

  it('are found by index by a book that follows another process', async () => {
    const { database: follower, books } = await openBookProcess(database.url);
    const other = await OpenedDatabase.open(database.url);
    const changes = new RandomChanges(new Random(5));
    for (let step = 0; step < 60; step++) {
      await other.unitOfWork.run((unit) => changes.make(unit));
    }
    await other.close();
    const statements = await statementsSent(() => books.follow());
    await follower.close();
    expect(statements.length).toBeGreaterThan(10);
    expect(await scansOf(database.url, statements)).toEqual([]);
  });
});
