import { CurrentRates } from '../../src/rates/reading/current-rates.js';
import { RatesExportService } from '../../src/rates/reading/rates-export.service.js';
import { RatesRpc } from '../../src/rpc/rates.rpc.js';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { getJson } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { Rows } from '../support/rows.js';
import { at, EUR, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Row {
  code: string;
  value: string | number | null;
  rate?: string;
  effective_date: string;
  cbr_id?: string;
}
interface Group {
  close: string;
  fixings: number;
}

/** IDs before and after the dollar's in alphabetical order. */
const OTHERS = ['R01234', 'R01236'];
const under = (id: string, valute: Valute): Valute => ({ ...valute, id });

describe('two IDs of one letter code', () => {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('22.04.2026', [USD, EUR])],
    clock: '2026-04-22T09:00:00Z',
  });

  /** The bank publishes a sheet with this dollar, an hour later than the previous one. */
  const publish = async (day: string, dollar: Valute) => {
    const next = clock.now().getTime() + 3_600_000;
    clock.set(new Date(Math.max(Date.parse(`${day}T09:00:00Z`), next)).toISOString());
    bank.publish(sheetXml(day.split('-').reverse().join('.'), [dollar, EUR]));
    return getJson<object>(`${kurs.url}/tasks/run`, { method: 'POST' });
  };
  const get = <Body>(path: string) => getJson<Body>(kurs.url + path);
  const rpc = async (method: string, parameters: Record<string, unknown>) =>
    (await kurs.get(RatesRpc).methods[method]?.(parameters)) as { rates: Row[]; result: string };

  /** Values of the dollar on a day on which it was set, from every route. */
  const figures = async (day: string) => {
    const ofDay = (rows: unknown) =>
      (rows as Row[])
        .filter(({ code, effective_date }) => code === 'USD' && effective_date === day)
        .map(({ value }) => Number(value));
    const inRoubles = (rows: Row[]) =>
      rows.map(({ rate }) => Math.round(Number(rate) * 88.102 * 10_000) / 10_000);
    const ofGroup = (rows: unknown) =>
      (rows as Group[]).map(({ close, fixings }) => `${Number(close)} of ${fixings}`);
    const converted = ({ result }: { result: string }) => [Number(result)];
    const range = `from=${day}&to=${day}`;
    const asOf = `as_of=${clock.now().toISOString()}`;
    const exported = [];
    const wanted = { from: toCalendarDate(day), to: toCalendarDate(day), codes: undefined };
    const { pages } = kurs.get(RatesExportService).open({ ...wanted, source: 'cbr' });
    for await (const page of pages) exported.push(...page);
    const history = async (query: object) =>
      (await rpc('history', { code: 'USD', from: day, to: day, ...query })).rates;
    const conversion = { amount: '1', from: 'USD', to: 'RUB', date: day };
    const v1 = '/v1/rates';
    return {
      rate: ofDay([await get<Row>(`${v1}/USD?date=${day}`)]),
      rateAsOf: ofDay([await get<Row>(`${v1}/USD?date=${day}&${asOf}`)]),
      codes: ofDay(await get(`${v1}?date=${day}&codes=USD`)),
      all: ofDay(await get(`${v1}?date=${day}`)),
      allOfEverySource: ofDay(await get(`${v1}?date=${day}&source=all`)),
      allAsOf: ofDay(await get(`${v1}?date=${day}&${asOf}`)),
      range: ofDay(await get(`${v1}?${range}`)),
      rangeOfCodes: ofDay(await get(`${v1}?${range}&codes=EUR,USD`)),
      rangeOfEverySource: ofDay(await get(`${v1}?${range}&source=all`)),
      rangeAsOf: ofDay(await get(`${v1}?${range}&${asOf}`)),
      history: ofDay(await get(`${v1}/USD/history?${range}`)),
      historyAsOf: ofDay(await get(`${v1}/USD/history?${range}&${asOf}`)),
      historyInEuros: inRoubles(await get(`${v1}/USD/history?${range}&quote=EUR`)),
      calendar: ofDay(await get(`${v1}/USD/history?${range}&fill=calendar`)),
      export: ofDay(exported),
      original: ofDay(await get('/rates/get')),
      originalOfCode: ofDay(await get('/rates/get/USD')),
      originalByQuery: ofDay(await get('/rates/get/code?code=usd')),
      rpcLatest: ofDay((await rpc('latest', { date: day })).rates),
      rpcHistory: ofDay(await history({})),
      rpcCalendar: ofDay(await history({ fill: 'calendar' })),
      convert: converted(await get(`/v1/convert?amount=1&from=USD&to=RUB&date=${day}`)),
      rpcConvert: converted(await rpc('convert', conversion)),
      week: ofGroup(await get(`${v1}/USD/history?${range}&group=week`)),
      month: ofGroup(await get(`${v1}/USD/history?${range}&group=month`)),
      rpcMonth: ofGroup(await history({ group: 'month' })),
    };
  };
  const everywhere = async (day: string, figure: number) => {
    const all = await figures(day);
    const right = Object.keys(all).map((name) => [
      name,
      ['week', 'month', 'rpcMonth'].includes(name) ? [`${figure} of 1`] : [figure],
    ]);
    expect(all).toEqual(Object.fromEntries(right));
  };

  it.each(OTHERS)(
    'that were set for one day are one rate on every route, the one published last: %s',
    async (id) => {
      await publish('2026-04-22', under(id, at(USD, '75,6000')));
      await everywhere('2026-04-22', 75.6);
      expect(await get('/v1/rates/USD')).toMatchObject({ value: '75.6000', cbr_id: id });
      expect(kurs.get(CurrentRates).current().rows).toMatchObject([
        { code: 'EUR' },
        { code: 'USD', value: '75.6000' },
      ]);
      // It is set again.
      await publish('2026-04-23', under(id, at(USD, '75,7000')));
      await everywhere('2026-04-22', 75.6);
      await everywhere('2026-04-23', 75.7);
    },
  );

  it.each(OTHERS)('that alternate for one day are represented by the last one: %s', async (id) => {
    await publish('2026-04-22', under(id, at(USD, '75,6000')));
    await publish('2026-04-22', at(USD, '75,5273'));
    await everywhere('2026-04-22', 75.5273);
    await publish('2026-04-22', under(id, at(USD, '75,6000')));
    await everywhere('2026-04-22', 75.6);
  });

  it("are announced as a correction of the other one's value", async () => {
    const rows = new Rows(kurs);
    const events = async () =>
      (await rows.events()).slice(2).map(({ payload }) => JSON.parse(payload) as object);
    await publish('2026-04-22', under('R01236', at(USD, '75,6000')));
    await publish('2026-04-22', at(USD, '75,5273'));
    const dollar = { event: 'rate_updated', code: 'USD', effective_date: '2026-04-22' };
    expect(await events()).toMatchObject([
      { ...dollar, value: 75.6, previous_value: 75.5273 },
      { ...dollar, value: 75.5273, previous_value: 75.6 },
    ]);
    // The same value under another ID is no event.
    await publish('2026-04-22', under('R01236', at(USD, '75,5273')));
    expect(await events()).toHaveLength(2);
  });

  it.each(OTHERS)('of which one ends and the other begins have a rate each day: %s', async (id) => {
    await publish('2026-04-23', under(id, at(USD, '75,6000')));
    await publish('2026-04-24', under(id, at(USD, '75,7000')));
    await everywhere('2026-04-22', 75.5273);
    await everywhere('2026-04-23', 75.6);
    await everywhere('2026-04-24', 75.7);
    const history = await get<Row[]>('/v1/rates/USD/history');
    expect(history.map(({ value, cbr_id }) => `${value} ${cbr_id}`)).toEqual([
      ...['75.5273 R01235', `75.6000 ${id}`, `75.7000 ${id}`],
    ]);
  });

  it.each(OTHERS)(
    'that overlap in their series are represented by the one that continues: %s',
    async (id) => {
      await learnCurrencies(kurs, [
        ['R01235', 'USD'],
        [id, 'USD'],
      ]);
      const days = ['2026-04-16', '2026-04-18'] as const;
      const both = (value: string) => [
        { date: '2026-04-16', value },
        { date: '2026-04-17', value },
      ];
      await loadSeries(kurs, 'R01235', days, both('74,1000'));
      await loadSeries(kurs, id, days, both('74,2000'));
      await loadSeries(kurs, 'R01239', days, both('88,1020'));
      await everywhere('2026-04-16', 74.1);
      await everywhere('2026-04-17', 74.1);
    },
  );

  it('of which one is not loaded leave a day undecided on which the other had no rate', async () => {
    await learnCurrencies(kurs, [
      ['R01510', 'DEM'],
      ['R01510A', 'DEM'],
    ]);
    const days = ['2026-03-01', '2026-04-20'] as const;
    const first = [{ date: '2026-03-03', value: '41,0000' }];
    await loadSeries(kurs, 'R01510', days, first);
    const ofDay = () => get('/v1/rates/DEM?date=2026-04-10');
    expect(await ofDay()).toMatchObject({ code: 'rates.not_loaded' });
    await loadSeries(kurs, 'R01510A', days, []);
    expect(await ofDay()).toMatchObject({ code: 'rates.not_set' });
  });

  it('of which one was edited manually keep both the bank’s last value and the manual one', async () => {
    const [{ id } = { id: 0 }] = await get<{ id: number }[]>('/rates/get/USD');
    const edit = { method: 'PATCH', body: JSON.stringify({ value: '1.5' }) };
    const headers = { 'Content-Type': 'application/json' };
    await getJson(`${kurs.url}/rates/update?rate_id=${id}`, { ...edit, headers });
    await publish('2026-04-22', under('R01236', at(USD, '75,6000')));
    const values = async (query: string) =>
      (await get<Row[]>(`/v1/rates/USD/history?from=2026-04-22&to=2026-04-22${query}`)).map(
        ({ value }) => value,
      );
    expect(await values('')).toEqual(['75.6000']);
    expect(await values('&source=all')).toEqual(['75.6000', '1.5']);
    expect(await get('/v1/rates/USD?date=2026-04-22')).toMatchObject({ value: '75.6000' });
  });

  it('of which one was deleted manually do not restore the other', async () => {
    await publish('2026-04-22', under('R01236', at(USD, '75,6000')));
    const [{ id } = { id: 0 }] = await get<{ id: number }[]>('/rates/get/USD');
    await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
    expect(await get('/rates/get')).toMatchObject([{ code: 'EUR' }]);
    expect(await get('/rates/get/USD')).toMatchObject({ code: 'rates.unknown_code' });
    // The bank's value, whatever was edited.
    for (const path of ['USD', 'USD?source=all', 'USD?date=2026-04-22']) {
      expect(await get(`/v1/rates/${path}`)).toMatchObject({ value: '75.6000' });
    }
  });
});
