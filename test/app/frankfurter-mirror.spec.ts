import { loadSeries } from '../support/load-series.js';
import { EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Rate {
  date: string;
  base: string;
  quote: string;
  rate: number;
}

const WHOLE: [string, string] = ['1992-07-01', '2026-04-24'];

describe('Frankfurter', () => {
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });
  const { kurs, clock } = fixture;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${kurs.url}${path}`, { headers });
  const json = async (path: string): Promise<unknown> => (await get(path)).json();

  beforeAll(async () => {
    await loadSeries(kurs, 'R01235', WHOLE, [
      { date: '1992-07-01', value: '125,26' },
      { date: '2026-04-01', value: '80' },
      { date: '2026-04-16', value: '73' },
      { date: '2026-04-23', value: '74' },
      { date: '2026-04-24', value: '74,8' },
    ]);
    await loadSeries(kurs, 'R01239', WHOLE, [
      { date: '2026-04-16', value: '86' },
      { date: '2026-04-23', value: '87,5' },
      { date: '2026-04-24', value: '88' },
    ]);
    clock.set('2026-04-26T09:00:00Z');
    await fixture.run();
  });

  describe('version 2', () => {
    it('gives the rates of a base, by quote, with its own; numbers have 17 digits at most', async () => {
      const answer = await get('/v2/rates?base=usd');
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      // On Sunday what is in force, with its own date.
      expect(await answer.text()).toBe(
        `[${[
          '{"date":"2026-04-25","base":"USD","quote":"EUR","rate":0.85727111756827314}',
          '{"date":"2026-04-25","base":"USD","quote":"JPY","rate":159.80014218129808}',
          '{"date":"2026-04-25","base":"USD","quote":"RUB","rate":75.5273}',
          '{"date":"2026-04-25","base":"USD","quote":"USD","rate":1.0}',
        ].join(',')}]`,
      );
    });

    it('has EUR for a base, and takes RUB for one', async () => {
      const rates = (await json('/v2/rates?quotes=RUB,USD')) as Rate[];
      expect(rates.map(({ base, quote }) => `${base}${quote}`)).toEqual(['EURRUB', 'EURUSD']);
      expect(rates[0]?.rate).toBe(88.102);
      const [rouble] = (await json('/v2/rates?base=RUB&quotes=usd')) as Rate[];
      expect(rouble?.rate).toBeCloseTo(1 / 75.5273, 15);
    });

    it('gives one pair, its identity, and 404 where there is none', async () => {
      const expected = { date: '2026-04-24', base: 'USD', quote: 'RUB', rate: 74.8 };
      expect(await json('/v2/rate/usd/rub?date=2026-04-24')).toEqual(expected);
      expect(await json('/v2/rate/USD/USD')).toMatchObject({ quote: 'USD', rate: 1 });
      const none = await get('/v2/rate/USD/CHF');
      expect([none.status, await none.json()]).toEqual([
        404,
        { status: 404, message: 'not found' },
      ]);
    });

    it('carries no fixing for more than 14 days', async () => {
      expect(await json('/v2/rates?base=USD&quotes=RUB&date=2026-04-15')).toEqual([
        { date: '2026-04-01', base: 'USD', quote: 'RUB', rate: 80 },
      ]);
      expect(await json('/v2/rates?base=USD&quotes=RUB&date=1992-07-20')).toEqual([]);
      expect(await json('/v2/rates?base=USD&quotes=RUB&date=1992-06-01')).toEqual([]);
      // Roubles of before 1998 are a thousandth of today's.
      expect(await json('/v2/rates?base=USD&quotes=RUB&date=1992-07-02')).toEqual([
        { date: '1992-07-01', base: 'USD', quote: 'RUB', rate: 0.12526 },
      ]);
    });

    it('gives each rate of a range once, beginning with what is in force', async () => {
      const rows = (await json('/v2/rates?base=USD&quotes=RUB&from=2026-04-20')) as Rate[];
      expect(rows.map(({ date, rate }) => [date, rate])).toEqual([
        ...[
          ['2026-04-16', 73],
          ['2026-04-23', 74],
        ],
        ...[
          ['2026-04-24', 74.8],
          ['2026-04-25', 75.5273],
        ],
      ]);
      const both = (await json(
        '/v2/rates?base=USD&quotes=RUB,USD&from=2026-04-23&to=2026-04-24',
      )) as Rate[];
      expect(both.map(({ date, quote }) => `${date} ${quote}`)).toEqual([
        ...['2026-04-23 RUB', '2026-04-23 USD', '2026-04-24 RUB', '2026-04-24 USD'],
      ]);
      expect(await json('/v2/rates?base=USD&quotes=RUB&from=2026-04-24&to=2026-04-01')).toEqual([]);
    });

    it('divides the averages of weeks and months', async () => {
      const week = '/v2/rates?base=USD&quotes=RUB&from=2026-04-22&group=week';
      expect(await json(week)).toEqual([
        { date: '2026-04-20', base: 'USD', quote: 'RUB', rate: (74 + 74.8 + 75.5273) / 3 },
      ]);
      const month = (await json(
        '/v2/rates?base=EUR&quotes=USD&from=2026-04-22&group=month',
      )) as Rate[];
      expect(month.map(({ date }) => date)).toEqual(['2026-04-01']);
      const [eur, usd] = [(86 + 87.5 + 88 + 88.102) / 4, (80 + 73 + 74 + 74.8 + 75.5273) / 5];
      expect(month[0]?.rate).toBeCloseTo(eur / usd, 12);
    });

    it('is CSV by suffix or Accept, and lines of JSON by Accept', async () => {
      const path = '/v2/rates?base=USD&quotes=RUB&date=2026-04-24';
      const table = 'date,base,quote,rate\n2026-04-24,USD,RUB,74.8\n';
      expect(await (await get(path.replace('?', '.csv?'))).text()).toBe(table);
      const csv = await get(path, { Accept: 'text/csv' });
      expect([csv.headers.get('content-type'), await csv.text()]).toEqual([
        expect.stringContaining('text/csv'),
        table,
      ]);
      const preferred = 'application/json, text/csv;q=0.5, application/x-ndjson;q=0.1';
      for (const accept of [preferred, 'text/html', '*/*']) {
        const array = await get(path, { Accept: accept });
        expect([accept, await array.text()]).toEqual([accept, expect.stringMatching(/^\[\{/)]);
      }
      const lines = await get(path, { Accept: 'application/x-ndjson' });
      expect(await lines.text()).toBe(
        '{"date":"2026-04-24","base":"USD","quote":"RUB","rate":74.8}\n',
      );
    });

    it('names the provider where that is wanted', async () => {
      const path = '/v2/rates?base=USD&quotes=RUB,USD&date=2026-04-24&expand=providers';
      expect(await json(`${path}&providers=cbr`)).toEqual([
        expect.objectContaining({ rate: 74.8, providers: [{ key: 'CBR', rate: 74.8 }] }),
        { date: '2026-04-24', base: 'USD', quote: 'USD', rate: 1 },
      ]);
      const csv = await get(path.replace('?', '.csv?'));
      expect(await csv.text()).toBe(
        'date,base,quote,rate,providers\n2026-04-24,USD,RUB,74.8,CBR:74.8\n2026-04-24,USD,USD,1.0,\n',
      );
    });

    it('takes the last value of a repeated parameter, and ignores `to` without `from`', async () => {
      const query = 'base=EUR&base=USD&quotes=RUB&to=2026-04-01';
      expect(await json(`/v2/rates?${query}`)).toEqual([
        { date: '2026-04-25', base: 'USD', quote: 'RUB', rate: 75.5273 },
      ]);
    });

    it.each([
      ['rates?colour=red', 'unknown parameter: colour'],
      ['rates?date=2026-04-24&from=2026-04-01', 'conflicting params'],
      ['rates?date=2026-02-30', 'invalid date'],
      ['rates?from=yesterday', 'invalid date'],
      ['rates?group=year', 'invalid group'],
      ['rates?expand=all', 'invalid expand: all'],
      ['rates?base=usdx', 'invalid currency: USDX'],
      ['rate/USD/ZZ9', 'invalid currency: ZZ9'],
      ['rates?providers=ecb', 'invalid provider: ECB'],
    ])('answers %s with 422: %s', async (path, message) => {
      const answer = await get(`/v2/${path}`);
      expect([answer.status, await answer.json()]).toEqual([422, { status: 422, message }]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('says 503 in its shape of what is not loaded', async () => {
      for (const path of ['rates?base=JPY&date=2026-04-24', 'rates?base=JPY&from=2026-04-20']) {
        const answer = await get(`/v2/${path}`);
        expect([path, answer.status]).toEqual([path, 503]);
        expect(answer.headers.get('retry-after')).toBe('60');
        expect(await answer.json()).toMatchObject({ status: 503 });
      }
    });

    it('lists currencies and its provider', async () => {
      const currencies = (await json('/v2/currencies')) as { iso_code: string }[];
      expect(currencies.map(({ iso_code }) => iso_code)).toEqual(['EUR', 'JPY', 'RUB', 'USD']);
      expect(currencies.at(-1)).toMatchObject({
        ...{ iso_numeric: '840', symbol: '$', start_date: '1992-07-01', end_date: '2026-04-25' },
      });
      expect(await json('/v2/providers')).toMatchObject([
        {
          ...{ key: 'CBR', country_code: 'RU', pivot_currency: 'RUB', start_date: '1992-07-01' },
          ...{ end_date: '2026-04-25', currencies: ['EUR', 'JPY', 'RUB', 'USD'] },
        },
      ]);
    });
  });

  describe('version 1', () => {
    const V1 = '/frankfurter/v1';

    it('gives the rates of a day, times an amount, with the date of the fixing', async () => {
      const answer = await get(`${V1}/latest?base=usd&symbols=rub`);
      expect(await answer.text()).toBe(
        '{"amount":1.0,"base":"USD","date":"2026-04-25","rates":{"RUB":75.5273}}',
      );
      const other = await get(`${V1}/2026-04-24?from=USD&to=RUB,XXX&amount=2.50&other=1`);
      expect(await other.text()).toBe(
        '{"amount":2.5,"base":"USD","date":"2026-04-24","rates":{"RUB":187}}',
      );
      expect(await json(`${V1}/current`)).toMatchObject({ base: 'EUR' });
    });

    it('gives a range by day', async () => {
      const range = {
        ...{ amount: 1, base: 'USD', start_date: '2026-04-16', end_date: '2026-04-24' },
        rates: {
          ...{ '2026-04-16': { RUB: 73 }, '2026-04-23': { RUB: 74 } },
          ...{ '2026-04-24': { RUB: 74.8 } },
        },
      };
      expect(await json(`${V1}/2026-04-20..2026-04-24?base=USD&symbols=RUB`)).toEqual(range);
      expect(await json(`${V1}/2026-04-25..?base=USD&symbols=RUB`)).toMatchObject({
        rates: { '2026-04-25': { RUB: 75.5273 } },
      });
    });

    it.each([
      ['latest?base=USD&symbols=USD', 422, 'bad currency pair'],
      ['latest?amount=0', 422, 'invalid amount'],
      ['2026-02-30', 422, 'invalid date'],
      ['latest?symbols=ZZZ', 404, 'not found'],
      ['latest?base=ZZZ', 404, 'not found'],
      ['nonsense', 404, 'not found'],
    ])('answers %s with %i: %s', async (path, status, message) => {
      const answer = await get(`${V1}/${path}`);
      expect([answer.status, await answer.json()]).toEqual([status, { message }]);
    });

    it('lists the names of currencies', async () => {
      expect(await json(`${V1}/currencies`)).toMatchObject({ RUB: 'Russian Ruble' });
      expect((await get(`${V1}/2026-04-24?base=JPY`)).status).toBe(503);
    });
  });
});
