import { addDays, type CalendarDate } from '../../src/common/calendar-date.js';
import { createSqlite } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { startKurs } from '../support/kurs.js';
import { sheetXml } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';
import { DICTIONARY, dotted, madeUpHistory, sheetDays, sheetOn } from './market.js';

/** A Friday afternoon: Saturday's sheet is published. */
const NOW = '2026-04-24T16:05:00+03:00';
const DAYS = sheetDays('2025-03-01', '2026-04-25');

/** Starts the service with a year (or fewer days) of deterministic made-up rates, to look at the page. */
export async function startFurnishedKurs(
  now = NOW,
  historyDays = 400,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const bank = await FakeBank.start();
  const history = madeUpHistory(DAYS);
  for (const date of DAYS.slice(-2)) {
    bank.publish(sheetXml(dotted(date), sheetOn(date, history)));
  }
  for (const [id, points] of history) bank.record(id, points);
  bank.list(DICTIONARY);
  const database = await createSqlite();
  const kurs = await startKurs(
    {
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: database.url },
      BACKFILL_DAYS: String(historyDays),
    },
    new TestClock(now),
  );
  await eventually('the history of every currency is loaded', async () => {
    const from = addDays(now.slice(0, 10) as CalendarDate, 10 - historyDays);
    const response = await fetch(`${kurs.url}/v1/rates?from=${from}&limit=1`);
    await response.arrayBuffer();
    return response.ok && !response.headers.has('kurs-not-loaded');
  });
  const stop = async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  };
  return { url: kurs.url, stop };
}
