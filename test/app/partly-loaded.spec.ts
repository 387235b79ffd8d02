import { type CalendarDate, toCalendarDate } from '../../src/common/calendar-date.js';
import type { RateRecord } from '../../src/rates/reading/rate-record.dto.js';
import { RatesExportService } from '../../src/rates/reading/rates-export.service.js';
import { SeriesFactsRecorder } from '../../src/rates/recording/series-facts-recorder.js';
import { MONTHLY_DAYS } from '../../src/rates/model/setting-periods.js';
import { settingPeriodsOf } from '../../src/rates/model/setting-rhythm.js';
import { everySheet } from '../support/history.js';
import { getJson, type ProblemBody, withBody } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { EUR, type SeriesPoint, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Answer {
  code: string;
  value: string | null;
  rate: string;
  effective_date: string;
  requested_date: string;
  source: string;
}

const MONTHLY: SeriesPoint[] = [
  { date: '2009-11-01', value: '6,0000' },
  { date: '2009-12-01', value: '6,1000' },
];
const DAILY: SeriesPoint[] = [{ date: '2010-01-12', value: '6,2000' }];

/**
 * Dollars for half a year and two days of this week, drams for four months of that half year, euros for
 * ten days, marks never. The dram was set monthly; that it was set again in January is known since noon.
 * The rial has two IDs.
 */
describe('history that is partly loaded', () => {
  const { kurs, clock } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T08:00:00Z',
    once: true,
  });

  beforeAll(async () => {
    await learnCurrencies(kurs, [
      ['R01060', 'AMD'],
      ['R01510', 'DEM'],
      ['R01510A', 'DEM'],
      ['R01580', 'SAR'],
      ['R01580A', 'SAR'],
    ]);
    await load('R01235', '2009-10-01', '2010-03-31', everySheet('2009-10-01', '2010-03-31'));
    await load('R01235', '2026-04-21', '2026-04-22', everySheet('2026-04-21', '2026-04-22'));
    await load('R01060', '2009-10-01', '2010-01-11', MONTHLY);
    await load('R01239', '2010-02-01', '2010-02-10', everySheet('2010-02-01', '2010-02-10', 40));
    await load('R01580', '2009-10-01', '2010-03-31', MONTHLY);
    await load('R01580A', '2009-10-01', '2010-03-31', [{ date: '2009-12-03', value: '8,0000' }]);
    await tellRhythms({
      R01060: MONTHLY,
      R01580: MONTHLY,
      R01580A: [{ date: '2009-12-03', value: '' }],
    });
    clock.set('2026-04-25T12:00:00Z');
    await load('R01060', '2010-01-12', '2010-01-31', DAILY);
  });

  const load = (cbr_id: string, from: string, to: string, points: SeriesPoint[]) =>
    loadSeries(kurs, cbr_id, [from, to], points);
  const tellRhythms = (series: Record<string, SeriesPoint[]>) => {
    const periods = Object.entries(series).map(([id, points]) => {
      const dates = points.map(({ date }) => toCalendarDate(date));
      return [id, settingPeriodsOf(dates, MONTHLY_DAYS)] as const;
    });
    return kurs.get(SeriesFactsRecorder).recordSetting(new Map(periods), () => Promise.resolve());
  };
  const get = (path: string) => getJson<Answer>(`${kurs.url}/v1/rates/${path}`);
  const listed = async (query: string) => {
    const response = await fetch(`${kurs.url}/v1/rates?${query}`);
    const rates = (await response.json()) as Answer[];
    const codes = rates.map(({ code, source }) => `${code} ${source}`);
    return { codes, notLoaded: response.headers.get('kurs-not-loaded') };
  };

  it('carries a monthly fixing over its month, and not beyond 2009', async () => {
    expect(await get('AMD?date=2009-11-20')).toMatchObject({ effective_date: '2009-11-01' });
    expect(await get('AMD?date=2009-12-31')).toMatchObject({ effective_date: '2009-12-01' });
    expect(await get('AMD?date=2010-01-01')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: '2009-12-01' },
    });
    expect((await listed('date=2010-01-05')).codes).toEqual(['USD cbr']);
  });

  it('has a cross rate on days on which only the quote was set', async () => {
    const crosses = await getJson<Answer[]>(
      `${kurs.url}/v1/rates?from=2009-12-01&to=2009-12-05&codes=AMD,RUB&quote=USD`,
    );
    expect(crosses.map(({ code, effective_date: day }) => `${day.slice(8)} ${code}`)).toEqual([
      ...['01 AMD', '01 RUB', '02 AMD', '02 RUB', '03 AMD', '03 RUB'],
      ...['04 AMD', '04 RUB', '05 AMD', '05 RUB'],
    ]);
    const usd = await get('USD?date=2009-12-03');
    const [cross] = crosses.filter(({ effective_date: day }) => day === '2009-12-03');
    expect(Number(cross?.rate)).toBeCloseTo(6.1 / Number(usd.rate), 12);
    // Without codes, each currency is listed where it was set itself; the rouble with the quote.
    const all = await getJson<Answer[]>(
      `${kurs.url}/v1/rates?from=2009-12-01&to=2009-12-05&quote=USD`,
    );
    expect(all.map(({ code, effective_date: day }) => `${day.slice(8)} ${code}`)).toEqual([
      ...['01 AMD', '01 RUB', '01 SAR', '02 RUB', '03 RUB', '03 SAR', '04 RUB', '05 RUB'],
    ]);
  });

  it('has one rate per code: that of the ID set last', async () => {
    expect(await get('SAR?date=2009-12-02')).toMatchObject({ effective_date: '2009-12-01' });
    expect(await get('SAR?date=2009-12-03')).toMatchObject({ value: '8.0000' });
    // Later sheets left it out; the other ID was set for its month.
    expect(await get('SAR?date=2009-12-04')).toMatchObject({ effective_date: '2009-12-01' });
  });

  it('names what is not loaded, except where a manual rate stands in', async () => {
    const day = 'date=2010-02-05';
    const official = { codes: ['EUR cbr', 'USD cbr'], notLoaded: 'AMD,DEM' };
    expect(await listed(day)).toEqual(official);
    const dem = { code: 'DEM', name: 'Марка', value: '20.5', effective_date: '2010-02-01' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', dem));
    expect(await listed(day)).toEqual(official);
    // On its own day; the bank may have set another one since.
    expect(await listed('date=2010-02-01&source=all')).toEqual({
      ...{ codes: ['DEM manual', 'USD cbr'], notLoaded: 'AMD' },
    });
    expect(await listed(`${day}&source=all`)).toEqual(official);
    expect(await listed(`${day}&source=manual`)).toEqual({
      ...{ codes: ['DEM manual'], notLoaded: null },
    });
    expect(await listed('from=2010-02-02&to=2010-02-02')).toMatchObject({ notLoaded: 'AMD,DEM' });
    const manual = async (query: string) =>
      (await getJson<Answer[]>(`${kurs.url}/v1/rates?source=manual&${query}`)).map(
        ({ code, value, effective_date: date }) => `${date.slice(8)} ${code} ${value}`,
      );
    // Of two manual rates for one day, a day has the one made last, a range both.
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', { ...dem, value: '21' }));
    const usd = { code: 'USD', name: 'Доллар', value: '30', effective_date: '2010-02-03' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', usd));
    expect(await manual('from=2010-01-01&to=2010-02-28')).toEqual([
      ...['01 DEM 20.5', '01 DEM 21', '03 USD 30'],
    ]);
    expect(await manual('date=2010-02-02')).toEqual(['01 DEM 21']);
    expect(await manual(`${day}&as_of=2026-04-25T11:00:00Z`)).toEqual([]);
  });

  it('answers for today from what was loaded last, whatever is loaded of later days', async () => {
    clock.set('2026-04-24T09:00:00Z');
    expect(await get('USD')).toMatchObject({
      ...{ effective_date: '2026-04-22', requested_date: '2026-04-24' },
    });
    expect(await get('USD?date=latest')).toMatchObject({ effective_date: '2026-04-25' });
    clock.set('2026-04-25T12:00:00Z');
  });

  it('is exported as far as it is stored, and gaps are reported', async () => {
    const exported = async (from?: string, to?: string) => {
      const day = (text: string | undefined): CalendarDate | undefined =>
        text === undefined ? undefined : toCalendarDate(text);
      const wanted = { from: day(from), to: day(to), codes: undefined, source: 'cbr' as const };
      const { pages, range, missing } = kurs.get(RatesExportService).open(wanted);
      const records: RateRecord[] = [];
      for await (const page of pages) records.push(...page);
      const of = (code: string) => records.filter((record) => record.code === code).length;
      return { range, missing, counts: ['USD', 'AMD', 'EUR'].map(of) };
    };
    const dollars = everySheet('2009-10-01', '2010-03-31').length;
    // There is a gap between the loaded range and the newest sheet.
    expect(await exported()).toEqual({
      range: { from: '2009-10-01', to: '2026-04-25' },
      missing: [expect.stringContaining('2010-04-01')],
      counts: [dollars + 2 + 1, 3, 7 + 1],
    });
    expect(await exported(undefined, '2010-01-31')).toMatchObject({ missing: [] });
    expect(await exported('2010-02-02', '2010-02-03')).toEqual({
      range: { from: '2010-02-02', to: '2010-02-03' },
      missing: ['Not loaded for all of these days: AMD, DEM'],
      counts: [2, 0, 2],
    });
    expect(await exported('2010-04-01', '2010-04-02')).toMatchObject({ counts: [0, 0, 0] });
    expect(await exported('2026-04-25')).toEqual({
      range: { from: '2026-04-25', to: '2026-04-25' },
      ...{ missing: [], counts: [1, 0, 1] },
    });
    const wrong = await fetch(`${kurs.url}/v1/rates?from=2010-04-01&to=2010-04-02`);
    expect((await wrong.json()) as ProblemBody).toMatchObject({ code: 'rates.not_loaded' });
  });

  it('reports the bank’s data of a currency, whatever edits the dollar of that day has', async () => {
    const [last, left] = ['2010-03-02', '2010-03-03'];
    await load('R01239', last, '2010-03-10', [{ date: last, value: '41,0000' }]);
    const asOf = clock.now().toISOString();
    clock.set('2026-04-25T13:00:00Z');
    const euro = async () => {
      const day = `EUR?date=${left}`;
      const answers = await Promise.all([get(day), get(`${day}&as_of=${asOf}`)]);
      const path = `EUR/history?from=${last}&to=2010-03-05&fill=calendar`;
      const days = await getJson<Answer[]>(`${kurs.url}/v1/rates/${path}`);
      return [...answers.map(({ code }) => code), days.length];
    };
    const leftOut = ['rates.not_set', 'rates.not_set', 1];
    expect(await euro()).toEqual(leftOut);
    const rates = await getJson<{ id: number; effective_date: string }[]>(
      `${kurs.url}/rates/get/USD`,
    );
    const dollar = rates.find(({ effective_date: day }) => day === left)?.id;
    const edit = await fetch(
      `${kurs.url}/rates/update?rate_id=${dollar}`,
      withBody('PATCH', { value: '31' }),
    );
    expect(edit.status).toBe(200);
    expect(await euro()).toEqual(leftOut);
    const deletion = await fetch(`${kurs.url}/rates/delete?rate_id=${dollar}`, {
      method: 'DELETE',
    });
    expect(deletion.status).toBe(204);
    expect(await euro()).toEqual(leftOut);
  });

  it('bounds a monthly fixing by the next one, whatever edits that has', async () => {
    const rates = await getJson<{ id: number; effective_date: string }[]>(
      `${kurs.url}/rates/get/AMD`,
    );
    const next = rates.find(({ effective_date: day }) => day === '2009-12-01')?.id;
    const first = await get('AMD?date=2009-11-20');
    expect(first).toMatchObject({ effective_date: '2009-11-01' });
    await fetch(`${kurs.url}/rates/delete?rate_id=${next}`, { method: 'DELETE' });
    expect(await get('AMD?date=2009-11-20')).toEqual(first);
  });

  it('reports nothing of a month before the rhythm of the currency was known', async () => {
    const before = 'as_of=2026-04-25T07:59:59Z';
    expect(await get(`AMD?date=2009-11-20&${before}`)).toMatchObject({ code: 'rates.not_loaded' });
    await load('R01335', '2009-10-01', '2009-12-31', MONTHLY);
    // Its code is its ID: the dictionary has no other.
    const days = ['2009-11-01', '2009-11-02', '2009-11-20', '2009-12-31'];
    const answers = await Promise.all(days.map((day) => get(`R01335?date=${day}`)));
    expect(answers.map(({ code }) => code)).toEqual([
      ...['R01335', 'R01335', 'rates.not_loaded', 'rates.not_loaded'],
    ]);
    expect((await listed('date=2009-11-20')).notLoaded).toContain('R01335');
    const calendar = await get('R01335/history?from=2009-11-01&to=2009-11-30&fill=calendar');
    expect(calendar).toMatchObject({ code: 'rates.not_loaded' });
    await tellRhythms({ R01335: MONTHLY });
    expect(await get('R01335?date=2009-11-20')).toMatchObject({ effective_date: '2009-11-01' });
  });
});
