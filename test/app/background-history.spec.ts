import { addDays, type CalendarDate } from '../../src/common/calendar-date.js';
import { Reader } from '../../src/database/reader.js';
import { BackfillEntity } from '../../src/tasks/backfill.entity.js';
import { loadHistory } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { Rows } from '../support/rows.js';
import { withKurs } from '../support/with-kurs.js';

const NEWEST = '2026-04-25' as CalendarDate;

interface Answer {
  effective_date: string;
  name_en: string | null;
}

describe.each(databases)('history loaded in the background on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => {
      bank.list(DICTIONARY);
      bank.record('R01235', everySheet('2026-01-01', NEWEST));
    },
    starts: false,
  });
  const { bank, kurs } = fixture;

  const start = async (days: string) => {
    await fixture.start({ BACKFILL_DAYS: days });
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  };
  const attempted = () =>
    eventually('the background has asked', () => bank.historyQuestions.length > 0);
  const refuseHistory = () =>
    bank.misbehaveOnHistory((_, response) => void response.writeHead(403).end());
  const pendingDays = async () => {
    const row = await kurs.get(Reader).select(BackfillEntity, 'backfill').getOneOrFail();
    return row.pending_days;
  };

  it('covers the last days, emits no events, and has English names', async () => {
    await start('30');
    const get = (query: string) => getJson<Answer>(`${kurs.url}/v1/rates/USD${query}`);
    await eventually(
      'history is there',
      async () => (await get('?date=2026-03-26')).effective_date === '2026-03-26',
    );
    await eventually('English names', async () => (await get('')).name_en === 'US Dollar');
    expect(await get('?date=2026-03-25')).toMatchObject({ code: 'rates.not_loaded' });
    const events = await new Rows(kurs).events();
    expect(events.every(({ payload }) => payload.includes(NEWEST))).toBe(true);
  });

  it('is loaded once, even if it begins before the bank’s first sheet', async () => {
    await start('20000');
    await eventually('nothing is pending', async () => (await pendingDays()) === null);
    expect(await getJson(`${kurs.url}/v1/rates/USD?date=2026-01-06`)).toMatchObject({
      carried: false,
    });
  });

  it.each([
    ['older days', { from: '1992-07-01', to: '2000-12-31' }, 30],
    ['days that end before the newest sheet', { from: '2026-01-01', to: '2026-04-23' }, 30],
    ['fewer days', { from: addDays(NEWEST, -29) }, 30],
    ['one currency', { from: '2026-01-01', codes: ['USD'] }, 30],
    ['all of its days', { from: addDays(NEWEST, -30) }, null],
    ['all of its days and older ones', { from: '1992-07-01', to: '2026-04-24' }, null],
  ])('after a backfill of %s still has so many pending days: %#', async (_, request, days) => {
    refuseHistory();
    await start('30');
    await attempted();
    expect(await pendingDays()).toBe(30);
    bank.misbehaveOnHistory();
    expect(await loadHistory(kurs, request)).toMatchObject({ missing: [] });
    expect(await pendingDays()).toBe(days);
  });

  it('is not loaded while BACKFILL_DAYS is 0, and loaded after that changes', async () => {
    refuseHistory();
    await start('30');
    await attempted();
    await kurs.stop();
    bank.misbehaveOnHistory();
    bank.historyQuestions.length = 0;
    await start('0');
    // English names are requested after history, so history was not requested.
    await attempted();
    expect(bank.historyQuestions).toEqual(['dictionary']);
    await kurs.stop();
    await start('10');
    await eventually('nothing is pending', async () => (await pendingDays()) === null);
    const get = (day: string) => getJson(`${kurs.url}/v1/rates/USD?date=${day}`);
    expect(await get(addDays(NEWEST, -10))).toMatchObject({ carried: false });
    expect(await get(addDays(NEWEST, -11))).toMatchObject({ code: 'rates.not_loaded' });
  });
});
