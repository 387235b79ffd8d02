import fc from 'fast-check';
import { addDays, type CalendarDate, toCalendarDate } from '../../src/common/calendar-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { ProblemBody } from '../support/json.js';
import { CURRENCIES, type Day, type Fate, storeHistory } from '../support/random-history.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Row {
  requested_date: CalendarDate;
}

const DAYS = 110;
const NOW = '2026-04-25T09:00:00.000Z';
const PAIRS = ['AMD', 'DEM', 'EUR', 'AMD?quote=EUR', 'EUR?quote=AMD', 'RUB?quote=AMD'];
const DRAM = CURRENCIES.findIndex(([, code]) => code === 'AMD');

const fate = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Fate>('set') },
  fc.constantFrom<Fate>('left out', 'held', 'edited', 'deleted', 'corrected'),
);
const sheet = fc.array(fate, { minLength: CURRENCIES.length, maxLength: CURRENCIES.length });
const day: fc.Arbitrary<Day> = fc.oneof(
  { weight: 8, arbitrary: sheet },
  { weight: 2, arbitrary: fc.constant<Day>('no sheet') },
);
/** The dram is set roughly monthly; a few days are not loaded. */
const history = fc
  .record({
    days: fc.array(day, { minLength: DAYS, maxLength: DAYS }),
    pauses: fc.array(fc.integer({ min: 14, max: 47 }), { minLength: 8, maxLength: 8 }),
    hole: fc.integer({ min: 5, max: DAYS - 30 }),
    holeDays: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ days, pauses, hole, holeDays }) => {
    const set = new Set<number>();
    pauses.reduce((last, pause) => (set.add(last + pause), last + pause), -14);
    return days.map((each, index): Day => {
      if (index >= hole && index < hole + holeDays) return 'not loaded';
      if (typeof each === 'string') return each;
      return each.map((one, which) => (which !== DRAM ? one : set.has(index) ? 'set' : 'left out'));
    });
  });
const window = fc.tuple(
  fc.integer({ min: 0, max: DAYS - 1 }),
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(...PAIRS),
);

describe('a calendar of one currency', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD])],
    clock: NOW,
    once: true,
  });

  const withQuery = (pair: string, suffix: string, query: string) => {
    const [code = '', quote] = pair.split('?');
    return `/v1/rates/${code}${suffix}?${[query, ...(quote ? [quote] : [])].join('&')}`;
  };
  const single = async (pair: string, date: CalendarDate): Promise<Row | undefined> => {
    const response = await fetch(`${kurs.url}${withQuery(pair, '', `date=${date}`)}`);
    return response.ok ? ((await response.json()) as Row) : undefined;
  };
  const pages = async (first: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let path: string | undefined = first; path !== undefined;) {
      const response = await fetch(`${kurs.url}${path}`);
      rows.push(...((await response.json()) as Row[]));
      const link = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      path = link && `${first.split('?')[0] ?? ''}${link}`;
    }
    return rows;
  };

  it.each([
    ['set monthly', '1998-01-10'],
    ['when that ended', '2009-11-01'],
    ['of today', '2026-01-02'],
  ])('equals its single days in every window and page: days %s', async (_, first) => {
    const from = toCalendarDate(first);
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(window, { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (days, windows, limit) => {
          await storeHistory(kurs.get(UnitOfWork), from, days, new Date(NOW));
          const known = new Map<string, Promise<Row | undefined>>();
          const singleOf = (pair: string, date: CalendarDate) => {
            const asked = known.get(`${pair} ${date}`) ?? single(pair, date);
            known.set(`${pair} ${date}`, asked);
            return asked;
          };
          for (const [start, length, pair] of windows) {
            const end = Math.min(start + length, DAYS - 1);
            const dates = Array.from({ length: end - start + 1 }, (__, each) =>
              addDays(from, start + each),
            );
            const query = `from=${addDays(from, start)}&to=${addDays(from, end)}&fill=calendar`;
            const path = withQuery(pair, '/history', query);
            const response = await fetch(`${kurs.url}${path}`);
            const body: unknown = await response.json();
            if (days.slice(start, end + 1).includes('not loaded')) {
              expect((body as ProblemBody).code).toBe('rates.not_loaded');
              continue;
            }
            const singles = await Promise.all(dates.map((date) => singleOf(pair, date)));
            const expected = singles.filter((row) => row !== undefined);
            expect([path, body]).toEqual([path, expected]);
            expect([path, await pages(`${path}&limit=${limit}`)]).toEqual([path, expected]);
          }
        },
      ),
      { numRuns: 2, endOnFailure: true, seed: Number(process.env.KURS_SEED ?? 1992_07_01) },
    );
  });
});
