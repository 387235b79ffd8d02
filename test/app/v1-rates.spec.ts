import { getJson, withBody } from '../support/json.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { bank, kurs, clock, run, call, record, list, problem, pagesOf } = withThreeSheets();

  it('are published digits, per unit, with the change since the previous fixing', async () => {
    expect(await record('/rates/usd')).toEqual({
      ...{ code: 'USD', quote: 'RUB', nominal: 1, value: '75.5000', rate: '75.5' },
      ...{ effective_date: '2026-04-24', requested_date: '2026-04-24' },
      ...{ carried: false, provisional: false },
      ...{ previous_rate: '76', change: '-0.5', change_percent: '-0.6579' },
      ...{ name: 'Доллар США', name_en: null, num_code: '840', cbr_id: 'R01235', source: 'cbr' },
    });
    expect(await record('/rates/IRR?date=2026-04-23')).toMatchObject({
      ...{ nominal: 1_000_000, value: '53.9256', rate: '0.0000539256', change_percent: '0.0000' },
    });
    expect(Object.keys(await record('/rates/USD')).join()).toBe(
      'code,quote,nominal,value,rate,effective_date,requested_date,carried,provisional,previous_rate,change,change_percent,name,name_en,num_code,cbr_id,source',
    );
  });

  it('of a day are those in force, by code; a currency left out of a sheet has none', async () => {
    const codes = async (query: string) => (await list(query)).map(({ code }) => code);
    expect(await codes('/rates')).toEqual(['EUR', 'IRR', 'JPY', 'USD']);
    expect(await codes('/rates?date=2026-04-22')).toEqual(['BGN', 'EUR', 'IRR', 'JPY', 'USD']);
    expect(await codes('/rates?codes=usd,EUR')).toEqual(['EUR', 'USD']);
    expect(await problem('/rates/BGN')).toMatchObject({
      ...{ status: 404, code: 'rates.not_set', last_date: '2026-04-22' },
    });
    expect(await problem('/rates?codes=USD,BGN')).toMatchObject({ code: 'rates.not_set' });
  });

  it('carry a fixing over days without one, and to today even when the bank publishes nothing', async () => {
    bank.publish(sheetXml('25.04.2026', [at(USD, '77,0000'), EUR]));
    await run();
    // Saturday's sheet is published on Friday; it is in force on Sunday and Monday.
    expect(await record('/rates/USD')).toMatchObject({
      effective_date: '2026-04-24',
      rate: '75.5',
    });
    expect(await record('/rates/USD?date=latest')).toMatchObject({
      ...{ effective_date: '2026-04-25', requested_date: '2026-04-25', carried: false },
    });
    expect(await record('/rates/USD?date=2026-04-25')).toMatchObject({ value: '77.0000' });
    expect(await problem('/rates/USD?date=2026-04-26')).toMatchObject({
      status: 422,
      errors: [{ parameter: 'date' }],
    });
    clock.set('2026-04-26T09:00:00Z');
    await run();
    expect(await record('/rates/USD')).toMatchObject({
      ...{ effective_date: '2026-04-25', requested_date: '2026-04-26', carried: true },
    });
    // The bank was not polled on Monday and Tuesday; only Tuesday is today.
    clock.set('2026-04-28T09:00:00Z');
    expect(await record('/rates/USD')).toMatchObject({
      ...{ effective_date: '2026-04-25', requested_date: '2026-04-28', carried: true },
    });
    expect(await problem('/rates/USD?date=2026-04-27')).toMatchObject({
      ...{ status: 404, code: 'rates.not_loaded' },
      command: 'npm run kurs -- backfill --from 2026-04-27',
    });
    expect(await problem('/rates?date=2026-04-27')).toMatchObject({ code: 'rates.not_loaded' });
    // Day by day: the loaded days and today; a quarantined value marks all of them.
    const days = async (query: string) =>
      (await list(`/rates/USD/history?from=2026-04-25&fill=calendar${query}`)).map((day) =>
        day.requested_date.slice(8),
      );
    expect(await days('')).toEqual(['25', '26', '28']);
    expect(await days('&to=2026-04-25')).toEqual(['25']);
    const own = { code: 'USD', name: 'Доллар', value: '78', effective_date: '2026-04-24' };
    await call('/rates', withBody('POST', own));
    expect(await days('&source=manual')).toEqual(['25', '26', '27', '28']);
  });

  it('distinguish days that are not loaded, days before the first rate, and unknown codes', async () => {
    expect(await problem('/rates/USD?date=2026-04-21')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await problem('/rates?date=2011-06-15')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await problem('/rates/USD?date=1992-06-30')).toMatchObject({ code: 'rates.not_set' });
    for (const path of ['/rates/XYZ', '/rates/XYZ/history', '/rates?from=2026-04-22&codes=XYZ']) {
      expect(await problem(path)).toMatchObject({ status: 404, code: 'rates.unknown_code' });
    }
    expect(await problem('/rates/BGN/history?from=2026-04-01')).toMatchObject({
      ...{ status: 404, code: 'rates.not_loaded' },
      command: 'npm run kurs -- backfill --from 2026-04-01',
    });
  });

  it('in another currency are computed through the rouble with 28 significant digits', async () => {
    expect(await record('/rates/USD?quote=EUR')).toMatchObject({
      ...{ code: 'USD', quote: 'EUR', nominal: null, value: null },
      rate: '0.8569612494608521940478082223',
      previous_rate: '0.8626364895235068443395155615',
      change: '-0.0056752400626546502917073392',
      ...{ effective_date: '2026-04-24', change_percent: '-0.6579' },
    });
    expect(await record('/rates/RUB?quote=USD')).toMatchObject({
      ...{ code: 'RUB', quote: 'USD', rate: '0.01324503311258278145695364238', cbr_id: null },
    });
    const codes = (await list('/rates?quote=USD')).map(({ code }) => code);
    expect(codes).toEqual(['EUR', 'IRR', 'JPY', 'RUB']);
    expect(await problem('/rates?quote=BGN')).toMatchObject({ code: 'rates.not_set' });
    expect(await problem('/rates?quote=XYZ')).toMatchObject({ code: 'rates.unknown_code' });
  });

  it('convert amounts, and round them to the minor unit of the currency', async () => {
    expect(await getJson(`${kurs.url}/v1/convert?amount=100&from=usd&to=JPY`)).toMatchObject({
      ...{ amount: '100', from: 'USD', to: 'JPY', requested_date: '2026-04-24' },
      ...{ result: '15974.23810289525131390753138', rounded: '15974', round: 'half_up' },
      rates: [
        { code: 'USD', quote: 'RUB', effective_date: '2026-04-24', value: '75.5000' },
        { code: 'JPY', quote: 'RUB', effective_date: '2026-04-24', nominal: 100 },
      ],
    });
    const rounded = async (query: string) =>
      (await getJson<{ rounded: string }>(`${kurs.url}/v1/convert?${query}`)).rounded;
    expect(await rounded('amount=0.03&from=USD&to=RUB&date=2026-04-24')).toBe('2.27');
    expect(await rounded('amount=0.03&from=USD&to=RUB&round=half_even')).toBe('2.26');
    expect(await rounded('amount=0&from=RUB&to=EUR')).toBe('0.00');
    for (const [query, parameter] of [
      ['amount=-1&from=USD&to=EUR', 'amount'],
      ['amount=1e3&from=USD&to=EUR', 'amount'],
      ['amount=1&from=USD&to=USD', 'to'],
      ['amount=1&from=RUR&to=USD', 'from'],
      ['amount=1&from=USD&to=EUR&round=up', 'round'],
      ['amount=1&from=USD', 'to'],
    ]) {
      expect(await problem(`/convert?${query}`)).toMatchObject({ errors: [{ parameter }] });
    }
    expect(await problem('/convert?amount=1&from=USD&to=BGN')).toMatchObject({
      code: 'rates.not_set',
    });
  });

  it('of a range are fixings, each once, in pages or all at once', async () => {
    const all = await list('/rates?from=2026-04-22');
    expect(all.map(({ effective_date: day, code }) => `${day.slice(8)} ${code}`)).toEqual([
      ...['22 BGN', '22 EUR', '22 IRR', '22 JPY', '22 USD'],
      ...['23 EUR', '23 IRR', '23 JPY', '23 USD'],
      ...['24 EUR', '24 IRR', '24 JPY', '24 USD'],
    ]);
    expect(all.at(-1)).toMatchObject({ previous_rate: '76', requested_date: '2026-04-24' });
    const pages = await pagesOf('/rates?from=2026-04-22&limit=4');
    expect(pages.map(({ length }) => length)).toEqual([4, 4, 4, 1]);
    expect(pages.flat()).toEqual(all);
    // A range of one day has the currencies of that day.
    const codes = async (query: string) =>
      (await list(`/rates?quote=USD&${query}`)).map(({ code }) => code);
    expect(await codes('from=2026-04-24')).toEqual(await codes('date=2026-04-24'));
    const crosses = await list('/rates?from=2026-04-23&quote=USD&codes=EUR,RUB');
    expect(crosses.map(({ code, rate }) => [code, rate.slice(0, 8)])).toEqual([
      ['EUR', '1.159236'],
      ['RUB', '0.013157'],
      ['EUR', '1.166913'],
      ['RUB', '0.013245'],
    ]);
  });

  it('have a history by fixing, by day, by week and by month', async () => {
    clock.set('2026-04-27T09:00:00Z');
    await run();
    const values = async (query: string) =>
      (await list(`/rates/USD/history?${query}`)).map(
        ({ requested_date: day, rate, carried }) => `${day.slice(8)} ${rate}${carried ? ' *' : ''}`,
      );
    expect(await values('')).toEqual(['22 75', '23 76', '24 75.5']);
    expect(await values('from=2026-04-23&to=2026-04-23')).toEqual(['23 76']);
    const days = ['23 76', '24 75.5', '25 75.5 *', '26 75.5 *', '27 75.5 *'];
    expect(await values('from=2026-04-23&fill=calendar')).toEqual(days);
    expect(await values('from=2026-04-26&fill=calendar')).toEqual(days.slice(3));
    expect(await getJson(`${kurs.url}/v1/rates/USD/history?group=month`)).toEqual([
      {
        ...{ code: 'USD', quote: 'RUB', period: '2026-04', from: '2026-04-01', to: '2026-04-30' },
        ...{ open: '75', high: '76', low: '75', close: '75.5', average: '75.5', fixings: 3 },
        source: 'cbr',
      },
    ]);
    expect(await getJson(`${kurs.url}/v1/rates/USD/history?group=week`)).toMatchObject([
      { period: '2026-W17', from: '2026-04-20', to: '2026-04-26', fixings: 3 },
    ]);
  });

  it('list the currencies', async () => {
    const codes = async (query: string) =>
      (await list(`/currencies${query}`)).map(({ code }) => code);
    expect(await codes('')).toEqual(['EUR', 'IRR', 'JPY', 'USD']);
    expect(await codes('?scope=all')).toEqual(['BGN', 'EUR', 'IRR', 'JPY', 'USD']);
    expect(await getJson(`${kurs.url}/v1/currencies/bgn`)).toEqual({
      ...{ code: 'BGN', name: 'Болгарский лев', name_en: null, num_code: '975', minor_unit: 2 },
      ...{ cbr_ids: ['R01100'], first_date: '2026-04-22', last_date: '2026-04-22' },
      set_today: false,
    });
    expect(await problem('/currencies/XYZ')).toMatchObject({ code: 'rates.unknown_code' });
  });
});
