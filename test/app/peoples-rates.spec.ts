import { CurrentRates } from '../../src/rates/reading/current-rates.js';
import { everySheet } from '../support/history.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Row {
  code: string;
  rate: string;
  effective_date: string;
  source: string;
}

const DAY = '2026-04-24';

describe('manual rates and the bank’s rates', () => {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('24.04.2026', [at(USD, '75,0000'), at(EUR, '10,0000')])],
    clock: `${DAY}T09:00:00Z`,
  });

  const get = <Body = Row & ProblemBody>(path: string) => getJson<Body>(`${kurs.url}/v1${path}`);
  const later = (minute: number) => clock.set(`${DAY}T10:${String(minute).padStart(2, '0')}:00Z`);
  const make = async (value: string, of: Partial<Row> = {}) => {
    const rate = { code: 'USD', name: 'Доллар', effective_date: DAY, ...of, value };
    return (await getJson<RateBody>(`${kurs.url}/v1/rates`, withBody('POST', rate))).id;
  };
  const edit = (id: number | undefined, value: string) =>
    fetch(`${kurs.url}/rates/update?rate_id=${id}`, withBody('PATCH', { value }));
  const official = async () =>
    (await getJson<RateBody[]>(`${kurs.url}/rates/get/USD`)).find(({ source }) => source === 'cbr')
      ?.id;

  /** The dollar of that day, from every route. */
  const everywhere = async () => {
    const history = '/rates/USD/history?source=manual';
    const [day, all, list, calendar, [week], conversion, [cross]] = await Promise.all([
      get('/rates/USD?source=manual'),
      get('/rates/USD?source=all'),
      get<Row[]>('/rates?source=manual'),
      get<Row[]>(`${history}&fill=calendar`),
      get<Record<'open' | 'close' | 'high' | 'low' | 'fixings', string>[]>(`${history}&group=week`),
      get<{ result: string }>('/convert?amount=1&from=USD&to=RUB&source=manual'),
      get<Row[]>(`/rates?from=${DAY}&codes=EUR&quote=USD&source=all`),
    ]);
    const snapshot = kurs.get(CurrentRates).current().rows;
    expect([week?.fixings, list.length, calendar.length]).toEqual([1, 1, 1]);
    return [
      ...[day.rate, all.rate, list[0]?.rate, calendar[0]?.rate],
      ...[week?.open, week?.close, week?.high, week?.low, conversion.result],
      String(10 / Number(cross?.rate)),
      String(Number(snapshot.find(({ code }) => code === 'USD')?.value)),
    ];
  };
  const expectEverywhere = async (rate: string) =>
    expect(new Set(await everywhere())).toEqual(new Set([rate]));
  const listed = async (more = '') =>
    (await get<Row[]>(`/rates/USD/history?source=manual${more}`)).map(({ rate }) => rate);

  it('of one code and day: the last one made or edited takes precedence on every route; a range lists all', async () => {
    later(1);
    const first = await make('80');
    await expectEverywhere('80');
    later(2);
    await edit(await official(), '64');
    await expectEverywhere('64');
    later(3);
    const last = await make('50');
    await expectEverywhere('50');
    later(4);
    await edit(first, '40');
    await expectEverywhere('40');
    later(5);
    await edit(last, '32');
    await expectEverywhere('32');
    // In order of creation.
    const all = ['64', '40', '32'];
    expect(await listed()).toEqual(all);
    const pages = [];
    const firstPage = `${kurs.url}/v1/rates/USD/history?source=manual&limit=1`;
    for (let address: string | undefined = firstPage; address;) {
      const response: Response = await fetch(address);
      pages.push(...((await response.json()) as Row[]).map(({ rate }) => rate));
      const link = /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      address = link && new URL(link, address).href;
    }
    expect(pages).toEqual(all);
    const asOf = `date=${DAY}&source=manual&as_of=${DAY}T10:03:30Z`;
    expect(await get(`/rates/USD?${asOf}`)).toMatchObject({ rate: '50' });
    await fetch(`${kurs.url}/rates/delete?rate_id=${last}`, { method: 'DELETE' });
    await expectEverywhere('40');
  });

  it('made at the same instant: the higher id takes precedence', async () => {
    await make('80');
    await make('64');
    await expectEverywhere('64');
  });

  it('do not answer days that are not loaded, except their own', async () => {
    await learnCurrencies(kurs, [['R01510', 'DEM']]);
    await make('20', { code: 'DEM', effective_date: '2011-12-05' });
    await make('900', { code: 'GOLD', effective_date: '2011-12-05' });
    const all = (code: string, day: string) => get(`/rates/${code}?source=all&date=${day}`);
    expect(await all('DEM', '2011-12-05')).toMatchObject({ rate: '20', source: 'manual' });
    // Today's sheet leaves the mark out; the next day is unknown.
    for (const [day, code] of [
      ['2011-12-06', 'rates.not_loaded'],
      ['2026-04-24', 'rates.not_set'],
    ] as const) {
      expect(await all('DEM', day)).toMatchObject({ code });
      expect(await all('GOLD', day)).toMatchObject({ rate: '900' });
      expect(await get(`/rates/DEM?source=manual&date=${day}`)).toMatchObject({ rate: '20' });
    }
    const response = await fetch(`${kurs.url}/v1/rates?source=all&date=2011-12-06`);
    expect(((await response.json()) as Row[]).map(({ code }) => code)).toEqual(['GOLD']);
    expect(response.headers.get('kurs-not-loaded')).toBe('DEM,EUR,USD');
    // Once loaded, the later days have fixings of the bank, which supersede it for good.
    const range = ['2011-12-01', '2011-12-31'] as const;
    await loadSeries(kurs, 'R01235', range, everySheet(...range));
    await loadSeries(kurs, 'R01510', range, everySheet('2011-12-01', '2011-12-10', 13));
    expect(await all('DEM', '2011-12-05')).toMatchObject({ source: 'manual' });
    expect(await all('DEM', '2011-12-06')).toMatchObject({ source: 'cbr' });
    expect(await all('DEM', '2011-12-31')).toMatchObject({ code: 'rates.not_set' });
    await make('21', { code: 'DEM', effective_date: '2011-12-20' });
    expect(await all('DEM', '2011-12-31')).toMatchObject({ rate: '21', source: 'manual' });
    expect(await all('DEM', '2012-01-01')).toMatchObject({ code: 'rates.not_loaded' });
    // In crosses, a range as a day.
    const cross = '/rates?source=all&codes=GOLD&quote=DEM';
    expect(await get(`${cross}&from=2011-12-11&to=2011-12-20`)).toMatchObject([
      { effective_date: '2011-12-20', source: 'manual' },
    ]);
  });

  it('before the last fixing of an ended currency do not return', async () => {
    await make('12', { effective_date: '2026-04-20' });
    clock.set('2026-04-25T09:00:00Z');
    bank.publish(sheetXml('25.04.2026', [EUR]));
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    expect(await get('/rates/USD?source=all')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: DAY },
    });
    const codes = async (query: string) => (await get<Row[]>(query)).map(({ code }) => code);
    expect(await codes('/rates?source=all')).toEqual(['EUR']);
    expect(await codes('/rates?source=manual')).toEqual(['USD']);
  });
});
