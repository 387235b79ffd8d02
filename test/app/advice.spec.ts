import { SeriesFactsRecorder } from '../../src/rates/recording/series-facts-recorder.js';
import { MONTHLY_DAYS } from '../../src/rates/model/setting-periods.js';
import { everySheet } from '../support/history.js';
import { getJson, type ProblemBody, withBody } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

type Problem = ProblemBody & { command?: string; last_date?: string | null };

/** The advice of a problem document resolves the problem. */
describe('the advice of an error', () => {
  /** The bank is unreachable at first: nothing is stored. */
  const { bank, kurs, clock } = withKurs({
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => {
      bank.misbehave((_, response) => response.writeHead(500).end());
    },
  });

  const fetchSheet = async () => {
    bank.misbehave();
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
  };
  const problem = (path: string) => getJson<Problem>(`${kurs.url}/v1${path}`);
  /** Problems of a day and of ranges. */
  const problems = async (day: string, more = '') => {
    const query = `?date=${day}${more}`;
    const paths = [
      ...[`/rates${query}`, `/rates?from=${day}&to=${day}${more}`],
      ...(more.includes('as_of') ? [] : [`/rates/USD/history?from=${day}&to=${day}`]),
      ...[`/rates/USD${query}`, `/rates?codes=USD&from=${day}&to=${day}${more}`],
    ];
    const found = await Promise.all(paths.map(problem));
    expect(found.map(({ code }) => code)).toEqual(paths.map(() => 'rates.not_loaded'));
    return found;
  };

  it('before the first sheet is to fetch one, and to backfill past days', async () => {
    expect(await problem('/rates')).toMatchObject({
      ...{ code: 'rates.not_loaded', command: 'npm run kurs -- fetch' },
      detail:
        'No sheet of the bank has been fetched yet; "npm run kurs -- fetch" fetches the newest one',
    });
    await learnCurrencies(kurs, [['R01235', 'USD']]);
    for (const { command } of await problems('2026-04-25'))
      expect(command).toBe('npm run kurs -- fetch');
    for (const { command } of await problems('2026-04-24')) {
      expect(command).toBe('npm run kurs -- backfill --from 2026-04-24');
    }
  });

  it('is absent with as_of: no command changes the past', async () => {
    clock.set('2026-04-25T10:00:00Z');
    await fetchSheet();
    clock.set('2026-04-25T11:00:00Z');
    for (const day of ['2026-04-24', '2026-04-25']) {
      for (const told of await problems(day, '&as_of=2026-04-25T09:30:00Z')) {
        expect(told.detail).toBe('No rate of the bank was stored yet at 2026-04-25T09:30:00.000Z');
        expect(told).not.toHaveProperty('command');
      }
    }
    for (const told of await problems('2026-04-24', '&as_of=2026-04-25T10:30:00Z')) {
      expect(told.detail).toMatch(/on 2026-04-24 was not loaded at 2026-04-25T10:30:00\.000Z$/);
      expect(told).not.toHaveProperty('command');
    }
    // Now it can be loaded.
    for (const { command } of await problems('2026-04-24')) {
      expect(command).toBe('npm run kurs -- backfill --from 2026-04-24');
    }
  });

  it('with only one currency loaded is to load the others', async () => {
    await learnCurrencies(kurs, [['R01510', 'DEM']]);
    const range = ['2001-12-01', '2001-12-31'] as const;
    await loadSeries(kurs, 'R01510', range, everySheet('2001-12-01', '2001-12-10', 13));
    await loadSeries(kurs, 'R01235', ['2001-11-01', '2001-11-30'], []);
    const daily = [{ ...MONTHLY_DAYS, rhythm: 'daily' as const }];
    await kurs
      .get(SeriesFactsRecorder)
      .recordSetting(new Map([['R01510', daily]]), () => Promise.resolve());
    expect(await problem('/rates?date=2001-12-30')).toMatchObject({
      ...{ status: 404, code: 'rates.not_loaded' },
      command: 'npm run kurs -- backfill --from 2001-12-30',
    });
    expect(await problem('/rates/DEM?date=2001-12-30')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: '2001-12-08' },
    });
  });

  it('for a day without any rate says that no currency had one', async () => {
    await fetchSheet();
    await loadSeries(kurs, '*', ['1992-07-01', '1992-07-02'], []);
    expect(await problem('/rates?date=1992-07-01')).toMatchObject({
      ...{ code: 'rates.not_set', detail: 'No currency had a rate on 1992-07-01' },
    });
  });

  it('distinguishes the bank’s rates from manual ones', async () => {
    await fetchSheet();
    const gold = { code: 'GOLD', name: 'Золото', value: '9876', effective_date: '2026-04-25' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', gold));
    expect(await problem('/rates/GOLD')).toMatchObject({
      code: 'rates.not_set',
      detail: 'The bank sets no rate of GOLD; use source=manual for its manual rates',
    });
    expect(await problem('/rates/USD?source=manual')).toMatchObject({
      code: 'rates.not_set',
      detail: 'There is no manual rate of USD for 2026-04-25 or an earlier day',
    });
    for (const source of ['manual', 'all']) {
      expect(await problem(`/rates/GOLD?date=2026-04-24&source=${source}`)).toMatchObject({
        code: 'rates.not_set',
        detail: 'There is no manual rate of GOLD for 2026-04-24 or an earlier day',
      });
    }
  });
});
