import { everySheet } from '../support/history.js';
import type { ProblemBody } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Row {
  code: string;
  requested_date: string;
  effective_date: string;
}

const TRY = { ...at(USD, '11,0000'), id: 'R01700J', num: '949', code: 'TRY', name: 'Лира' };
const FROM = '2020-06-01';
const TO = '2020-06-10';
const RANGE = `from=${FROM}&to=${TO}`;

/**
 * Dollars and euros are loaded for ten days of June 2020, liras from the sixth, riyals by one of their two
 * IDs; marks never. The sheet of Saturday, 25 April 2026, is the newest.
 */
describe('ranges that are partly loaded', () => {
  const { kurs, clock } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, TRY])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });

  beforeAll(async () => {
    await learnCurrencies(kurs, [
      ['R01510', 'DEM'],
      ['R01580', 'SAR'],
      ['R01580C', 'SAR'],
    ]);
    for (const id of ['R01235', 'R01239', 'R01580']) {
      await loadSeries(kurs, id, [FROM, TO], everySheet(FROM, TO));
    }
    await loadSeries(kurs, 'R01700J', ['2020-06-06', TO], everySheet('2020-06-06', TO, 10));
    await loadSeries(
      kurs,
      'R01235',
      ['1992-07-01', '1992-07-10'],
      everySheet('1992-07-01', '1992-07-10'),
    );
  });

  beforeEach(() => clock.set('2026-04-25T09:00:00Z'));

  const call = (path: string) => fetch(`${kurs.url}/v1${path}`);
  const get = async <Body = ProblemBody>(path: string) => (await (await call(path)).json()) as Body;
  const listed = async (path: string) => {
    const response = await call(path);
    const rows = (await response.json()) as Row[];
    const codes = [...new Set(rows.map(({ code }) => code))].sort();
    const days = [...new Set(rows.map(({ requested_date: day }) => day.slice(5)))];
    return { codes, days, notLoaded: response.headers.get('kurs-not-loaded') };
  };

  it('name the quote that leaves rows out, in every format', async () => {
    const fromThe6th = ['06-06', '06-09', '06-10'];
    expect(await listed(`/rates?${RANGE}&quote=TRY`)).toEqual({
      ...{ codes: ['EUR', 'RUB', 'SAR', 'USD'], days: fromThe6th, notLoaded: 'DEM,TRY' },
    });
    for (const format of ['csv', 'ndjson']) {
      const { headers } = await call(`/rates.${format}?${RANGE}&quote=TRY`);
      expect(headers.get('kurs-not-loaded')).toBe('DEM,TRY');
    }
    expect(await listed(`/rates?from=2020-06-06&to=${TO}&quote=TRY`)).toEqual({
      ...{ codes: ['EUR', 'RUB', 'SAR', 'USD'], days: fromThe6th, notLoaded: 'DEM' },
    });
    expect(await listed(`/rates?${RANGE}`)).toMatchObject({ notLoaded: 'DEM,TRY' });
  });

  it('are unavailable in a quote of which none of their days is loaded', async () => {
    for (const path of [
      ...[
        `/rates?${RANGE}&quote=DEM`,
        `/rates.csv?${RANGE}&quote=DEM`,
        `/rates?date=${TO}&quote=DEM`,
      ],
      '/rates?from=2020-06-01&to=2020-06-05&quote=TRY',
      `/rates?${RANGE}&codes=USD&quote=TRY`,
      `/rates/USD/history?${RANGE}&quote=TRY&group=month`,
    ]) {
      expect([path, await get(path)]).toMatchObject([path, { code: 'rates.not_loaded' }]);
    }
    expect(await get(`/rates?${RANGE}&quote=XYZ`)).toMatchObject({ code: 'rates.unknown_code' });
  });

  it('name no code of which nothing is left out', async () => {
    // One of its two IDs is loaded.
    expect(await listed(`/rates?date=${TO}`)).toMatchObject({
      ...{ codes: ['EUR', 'SAR', 'TRY', 'USD'], notLoaded: 'DEM' },
    });
    // Before the first sheet there was nothing to load.
    expect(await listed('/rates?from=1992-06-01&to=1992-07-10')).toMatchObject({
      ...{ codes: ['USD'], notLoaded: 'DEM,EUR,SAR,TRY' },
    });
    expect(await listed('/rates?from=1992-06-01&to=1992-06-10')).toEqual({
      ...{ codes: [], days: [], notLoaded: null },
    });
  });

  it('that end today are answered as today is, although the bank has not been polled', async () => {
    clock.set('2026-04-26T09:00:00Z');
    const today = '2026-04-26';
    const cover = '2026-04-25';
    expect(await listed(`/rates?from=${cover}`)).toEqual({
      ...{ codes: ['EUR', 'TRY', 'USD'], days: ['04-25'], notLoaded: null },
    });
    expect(await listed(`/rates?from=${today}`)).toEqual({ codes: [], days: [], notLoaded: null });
    expect(await listed(`/rates/USD/history?from=${today}`)).toMatchObject({ codes: [] });
    const calendar = `/rates/USD/history?fill=calendar&from=`;
    expect(await listed(`${calendar}${today}`)).toEqual({
      ...{ codes: ['USD'], days: ['04-26'], notLoaded: null },
    });
    expect(await listed(`${calendar}${cover}`)).toMatchObject({ days: ['04-25', '04-26'] });
    expect(await listed(`${calendar}${today}&quote=EUR`)).toMatchObject({ days: ['04-26'] });
    expect(await listed(`/rates?from=${cover}&quote=TRY`)).toMatchObject({ notLoaded: null });
  });

  it('that end today report that the days before it are not loaded', async () => {
    clock.set('2026-04-29T09:00:00Z');
    const calendar = '/rates/USD/history?fill=calendar';
    const known = { codes: ['USD'], days: ['04-25', '04-29'], notLoaded: 'USD' };
    expect(await listed(`${calendar}&from=2026-04-25`)).toEqual(known);
    expect(await listed(calendar)).toEqual(known);
    expect(await listed(`${calendar}&from=2026-04-27`)).toEqual({ ...known, days: ['04-29'] });
    expect(await listed(`${calendar}&from=2026-04-29`)).toEqual({
      ...{ codes: ['USD'], days: ['04-29'], notLoaded: null },
    });
    expect(await listed('/rates?from=2026-04-25')).toMatchObject({
      ...{ codes: ['EUR', 'TRY', 'USD'], notLoaded: 'DEM,EUR,SAR,TRY,USD' },
    });
    // Past days are not answered, alone or in a range.
    for (const path of [
      '/rates/USD?date=2026-04-28',
      `${calendar}&from=2026-04-25&to=2026-04-28`,
    ]) {
      expect([path, await get(path)]).toMatchObject([path, { code: 'rates.not_loaded' }]);
    }
  });

  it('of an unknown code are errors', async () => {
    for (const path of [
      ...['/rates/XYZ?source=manual', '/rates/XYZ/history?source=manual'],
      ...['/rates?from=2026-04-25&codes=XYZ&source=manual', '/rates/XYZ/history?source=all'],
      ...['/rates?from=2026-04-25&quote=XYZ&source=manual', '/rates/USD/history?quote=XYZ'],
      '/rates/XYZ/history?source=manual&group=week',
    ]) {
      expect([path, await get(path)]).toMatchObject([path, { code: 'rates.unknown_code' }]);
    }
    expect(await listed('/rates/USD/history?source=manual')).toMatchObject({ codes: [] });
  });
});
