import fc from 'fast-check';
import { MoreThan } from 'typeorm';
import { addDays, type CalendarDate, toCalendarDate } from '../../src/common/calendar-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { SettingPeriodEntity } from '../../src/rates/model/setting-period.entity.js';
import { CatchUpTask } from '../../src/tasks/catch-up.task.js';
import { loadHistory } from '../support/command-load.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { CODES, OLD_TIMES, openOldBank } from '../support/old-bank.js';
import { EUR, type SeriesPoint, sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';
import { migratedDatabase } from '../support/migrated-databases.js';
import { type TestDatabase } from '../support/databases.js';
import { withKurs } from '../support/with-kurs.js';

interface Answer {
  code: string;
  value?: string;
  effective_date: string;
  carried: boolean;
  last_date?: string | null;
  command?: string;
}

const EVERY = { id: MoreThan(0) };

const BGN: SeriesPoint[] = [
  ...monthly('2006-01-01', '2006-08-01', (day) => day),
  ...monthly('2006-08-01', '2009-12-01', lastOfMonth),
].map((date) => ({ date, value: date === '2006-08-31' ? '17,5492' : '18,0000' }));

/** Drams are set on the first, levs on the last day of each month; dollars and, until the end of 2004, liras daily. */
describe('a currency that is set monthly', () => {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => {
      bank.list(
        [
          ['R01235', 'USD', 'R01235'],
          ['R01100', 'BGN', 'R01100'],
          ['R01700J', 'TRY', 'R01700'],
        ].map(([id = '', code = '', parent = '']) => ({
          ...{ id, code, parent, num: '', name: code, nameEn: code },
        })),
      );
      bank.record('R01235', everySheet('2004-01-01', '2010-12-31'));
      bank.record('R01100', BGN);
      bank.record('R01700', [
        ...everySheet('2004-01-01', '2004-12-30'),
        { date: '2004-12-31', value: '20,4652', nominal: 1_000_000 },
      ]);
    },
  });

  const get = (path: string) => getJson<Answer>(`${kurs.url}/v1/rates/${path}`);
  const load = (from: string, to: string, ...codes: string[]) =>
    loadHistory(kurs, { from, to, ...(codes.length > 0 && { codes }) });

  it.each([
    ['2006-09-05', '2006-09-20', '2006-09-10', '2006-08-31', '17.5492'],
    ['2007-05-01', '2007-10-30', '2007-10-30', '2007-09-30', '18.0000'],
    ['2007-10-02', '2007-10-03', '2007-10-03', '2007-09-30', '18.0000'],
    ['2009-12-15', '2010-01-10', '2009-12-30', '2009-11-30', '18.0000'],
  ])(
    'is in force until its next fixing, loaded from %s to %s',
    async (from, to, day, date, value) => {
      const answer = { effective_date: date, value, carried: true };
      await load(from, to, 'BGN');
      expect(await get(`BGN?date=${day}`)).toMatchObject(answer);
      await load(from, to);
      expect(await get(`BGN?date=${day}`)).toMatchObject(answer);
    },
  );

  it('has no rate from 2010 on', async () => {
    await load('2009-12-15', '2010-02-10');
    expect(await get('BGN?date=2009-12-31')).toMatchObject({ carried: false });
    expect(await get('BGN?date=2010-01-01')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: '2009-12-31' },
    });
  });

  it.each([[['TRL']], [[]]])(
    'does not include one that was set daily and ended, loaded for %j',
    async (codes) => {
      await load('2004-10-01', '2004-10-15', ...codes);
      await load('2004-12-31', '2005-01-25', ...codes);
      expect(await get('TRL?date=2005-01-11')).toMatchObject({
        ...{ code: 'rates.not_set', last_date: '2004-12-31' },
      });
      expect(await get('TRL?date=2004-12-31')).toMatchObject({ value: '20.4652' });
      expect(await get('TRL?date=2004-11-11')).toMatchObject({ code: 'rates.not_loaded' });
    },
  );

  it('is requested for its whole time once, and not if the request covers it', async () => {
    bank.historyQuestions.length = 0;
    const asked = () => bank.historyQuestions.splice(0).filter((id) => id === 'R01100').length;
    await load('2006-09-05', '2006-09-20', 'BGN');
    expect(asked()).toBe(2);
    await load('2007-09-05', '2007-09-20', 'BGN');
    expect(asked()).toBe(1);
    await load('2010-05-01', '2010-06-01', 'BGN');
    expect(asked()).toBe(1);
    await kurs.get(UnitOfWork).run((unit) => unit.delete(SettingPeriodEntity, EVERY));
    await load('1992-07-01', '2010-06-01', 'BGN');
    expect(asked()).toBe(1);
    expect(await get('BGN?date=2007-10-30')).toMatchObject({ effective_date: '2007-09-30' });
  });

  it('is not loaded before its rhythm is known, also with as_of before that', async () => {
    await load('2006-09-05', '2006-10-20', 'BGN');
    const history = 'BGN/history?from=2006-09-05&to=2006-09-20&fill=calendar';
    expect(await get(history)).toHaveLength(16);
    const hour = clock.now();
    await kurs.get(UnitOfWork).run((unit) => unit.delete(SettingPeriodEntity, EVERY));
    expect(await get('BGN?date=2006-09-10')).toMatchObject({
      ...{ code: 'rates.not_loaded', command: 'npm run kurs -- backfill --from 2006-09-10' },
    });
    expect(await get('BGN?date=2006-09-30')).toMatchObject({ carried: false });
    expect(await get(history)).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('BGN/history?from=2006-09-05&to=2006-09-30')).toMatchObject([
      { effective_date: '2006-09-30' },
    ]);
    const list = await fetch(`${kurs.url}/v1/rates?date=2006-09-12&codes=BGN`);
    expect(list.status).toBe(404);
    // The advice works.
    clock.set('2026-04-25T10:00:00Z');
    await load('2006-09-10', '2006-09-11');
    expect(await get('BGN?date=2006-09-10')).toMatchObject({ effective_date: '2006-08-31' });
    expect(await get(`BGN?date=2006-09-10&as_of=${hour.toISOString()}`)).toMatchObject({
      code: 'rates.not_loaded',
    });
  });

  it('is requested in the background if an older version has loaded it', async () => {
    await load('2006-09-05', '2006-10-20', 'BGN');
    await kurs.get(UnitOfWork).run((unit) => unit.delete(SettingPeriodEntity, EVERY));
    expect(kurs.get(CatchUpTask)).toBeDefined();
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    await eventually(
      'the rhythm is known',
      async () => (await get('BGN?date=2006-09-10')).effective_date === '2006-08-31',
    );
  });
});

/** A bank with all the habits of the years before 2010. */
describe('what is loaded in addition', () => {
  let bank: FakeBank;
  const opened: { kurs: RunningKurs; database: TestDatabase }[] = [];

  beforeAll(async () => {
    bank = await FakeBank.start();
    openOldBank(bank);
  });

  afterEach(async () => {
    for (const { kurs, database } of opened.splice(0)) {
      await kurs.stop();
      await database.drop();
    }
  });

  afterAll(() => bank.stop());

  const open = async () => {
    const clock = new TestClock('2026-04-25T09:00:00Z');
    const database = await migratedDatabase('SQLite');
    const kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
    opened.push({ kurs, database });
    return kurs;
  };
  const answers = async (kurs: RunningKurs, day: CalendarDate) => {
    const found = new Map<string, string>();
    for (const code of CODES) {
      const {
        code: problem,
        value,
        effective_date: date,
      } = await getJson<Answer>(`${kurs.url}/v1/rates/${code}?date=${day}`);
      found.set(code, value === undefined ? problem : `${value} ${date}`);
    }
    return found;
  };

  const day = fc
    .tuple(fc.constantFrom(...OLD_TIMES), fc.integer({ min: 0, max: 200 }))
    .map(([{ from, to }, days]) => (addDays(from, days) > to ? to : addDays(from, days)));
  const part = fc.record({
    from: day,
    days: fc.integer({ min: 0, max: 60 }),
    codes: fc.option(fc.subarray(CODES, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  });

  it('changes no answer: for any loaded parts it equals that of the whole, or is "not loaded"', async () => {
    const whole = await open();
    await loadHistory(whole, { from: '1992-07-01' });
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(parts, fc.array(day, { minLength: 6, maxLength: 6 }), async (all, days) => {
        const kurs = await open();
        for (const { from, days: length, codes } of all) {
          const to = addDays(from, length);
          await loadHistory(kurs, { from, to, ...(codes && { codes }) });
        }
        const edges = all.flatMap(({ from, days: length }) => [from, addDays(from, length)]);
        for (const each of [...days, ...edges]) {
          const [right, given] = [await answers(whole, each), await answers(kurs, each)];
          for (const [code, answer] of given) {
            const isSilent = ['rates.not_loaded', 'rates.unknown_code'].includes(answer);
            if (!isSilent) expect([each, code, answer]).toEqual([each, code, right.get(code)]);
          }
        }
      }),
      { numRuns: 6, endOnFailure: true, seed: Number(process.env.KURS_SEED ?? 1992_07_01) },
    );
  });
});

function monthly(from: string, to: string, on: (day: CalendarDate) => CalendarDate) {
  const days: CalendarDate[] = [];
  for (let day = toCalendarDate(from); day <= to; day = addDays(lastOfMonth(day), 1)) {
    days.push(on(day));
  }
  return days;
}

function lastOfMonth(day: CalendarDate): CalendarDate {
  let last = day;
  while (addDays(last, 1).slice(0, 7) === day.slice(0, 7)) last = addDays(last, 1);
  return last;
}
