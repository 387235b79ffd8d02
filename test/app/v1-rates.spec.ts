import { createHash } from 'node:crypto';
import { getJson, type ProblemBody, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import {
  at,
  encode1251,
  EUR,
  IRR,
  JPY,
  sheetXml,
  USD,
  type Valute,
} from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Record {
  code: string;
  quote: string;
  nominal: number | null;
  value: string | null;
  rate: string;
  effective_date: string;
  requested_date: string;
  carried: boolean;
  previous_rate: string | null;
  change: string | null;
  change_percent: string | null;
  name_en: string | null;
  num_code: string | null;
  cbr_id: string | null;
  source: string;
}
type Problem = ProblemBody & { last_date?: string | null; command?: string };

const BGN: Valute = {
  id: 'R01100',
  num: '975',
  code: 'BGN',
  nominal: 1,
  name: 'Болгарский лев',
  value: '45,0000',
};
/** Friday noon in Moscow. */
const FRIDAY = '2026-04-24T09:00:00Z';

describe('the exact rates', () => {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('22.04.2026', [at(USD, '75,0000'), EUR, JPY, IRR, BGN])],
    clock: '2026-04-22T09:00:00Z',
  });

  beforeEach(async () => {
    await run();
    clock.set(FRIDAY);
    bank.publish(sheetXml('23.04.2026', [at(USD, '76,0000'), EUR, JPY, IRR]));
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    await run();
  });

  const run = () => getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
  const call = (path: string, init?: RequestInit) => fetch(`${kurs.url}/v1${path}`, init);
  const record = (path: string) => getJson<Record>(`${kurs.url}/v1${path}`);
  const list = (path: string) => getJson<Record[]>(`${kurs.url}/v1${path}`);
  const problem = async (path: string, init?: RequestInit): Promise<Problem> => {
    const response = await call(path, init);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
    return (await response.json()) as Problem;
  };

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

  /** Pages, followed by the `Link` header. */
  const pagesOf = async (path: string): Promise<Record[][]> => {
    const pages: Record[][] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const response: Response = await call(next);
      pages.push((await response.json()) as Record[]);
      const query = /^<(\?.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      next = query && `${path.split('?')[0] ?? ''}${query}`;
    }
    return pages;
  };

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

  it('come as JSON, CSV and NDJSON, selected by header or by suffix', async () => {
    const csv = await call('/rates.csv?codes=JPY,USD');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toBe(
      'code,quote,nominal,value,rate,effective_date,requested_date,carried,provisional,previous_rate,change,change_percent,name,name_en,num_code,cbr_id,source\r\n' +
        'JPY,RUB,100,47.2636,0.472636,2026-04-24,2026-04-24,false,false,0.472636,0,0.0000,Иен,,392,R01820,cbr\r\n' +
        'USD,RUB,1,75.5000,75.5,2026-04-24,2026-04-24,false,false,76,-0.5,-0.6579,Доллар США,,840,R01235,cbr\r\n',
    );
    const lines = await call('/rates/USD/history', { headers: { Accept: 'application/x-ndjson' } });
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(lines.headers.get('vary')).toContain('Accept');
    const texts = (await lines.text()).trim().split('\n');
    expect(texts.map((text) => (JSON.parse(text) as Record).rate)).toEqual(['75', '76', '75.5']);
    expect(await (await call('/rates/USD.ndjson')).text()).toMatch(/^\{.*\}\n$/);
    expect(await (await call('/rates.csv?source=manual')).text()).toMatch(/^code,.*source\r\n$/);
    expect(await (await call('/currencies/USD.csv')).text()).toContain(
      '\r\nUSD,Доллар США,,840,2,R01235,',
    );
    expect(await problem('/rates', { headers: { Accept: 'image/png' } })).toMatchObject({
      status: 406,
    });
    expect(await problem('/status.csv')).toMatchObject({ status: 404 });
    const html = await call('/rates/USD', { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(html.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    '/rates',
    '/rates/USD/history?fill=calendar',
    '/rates/USD/history?group=week',
    '/rates/USD/revisions',
    '/currencies',
  ])('have their columns in the same order in every format: %s', async (path) => {
    await run();
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,4000'), EUR, JPY, IRR]));
    await run();
    const as = async (format: string) =>
      (await call(path.replace(/(?=\?)|$/, `.${format}`))).text();
    const columns = (await as('csv')).split('\r\n')[0]?.split(',');
    const rows = (await list(path)) as object[];
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    const lines = (await as('ndjson')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(rows);
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(columns);
  });

  const refused: [path: string, parameter: string][] = [
    ['/rates?date=2026-04-24&from=2026-04-22', 'date'],
    ['/rates?to=2026-04-22', 'to'],
    ['/rates?from=2026-04-24&to=2026-04-22', 'from'],
    ['/rates?from=2026-04-22&to=2026-05-22', 'to'],
    ['/rates?limit=5', 'limit'],
    ['/rates?from=2026-04-22&limit=0', 'limit'],
    ['/rates?from=2026-04-22&after=x', 'after'],
    ['/rates?date=2026-02-30', 'date'],
    ['/rates?date=tomorrow', 'date'],
    ['/rates?date=2026-04-24&date=2026-04-23', 'date'],
    ['/rates?codes=', 'codes'],
    ['/rates?codes=USD,USD', 'codes'],
    ['/rates?codes=RUB', 'codes'],
    ['/rates?codes=USD,EUR&quote=EUR', 'codes'],
    ['/rates?quote=EUR&restate=true', 'restate'],
    ['/rates?quote=RUR', 'quote'],
    ['/rates?from=2026-04-22&quote=RUR', 'quote'],
    ['/rates/USD/history?quote=RUR', 'quote'],
    ['/rates/USD/history?fill=calendar&quote=RUR', 'quote'],
    ['/rates/USD/history?group=week&quote=RUR', 'quote'],
    ['/rates?codes=RUB,RUR&quote=USD', 'codes'],
    ['/rates?codes=EUR,RUR&quote=USD', 'codes'],
    ['/rates?from=2026-04-22&codes=RUR&quote=USD', 'codes'],
    ['/rates/RUR?quote=USD', 'code'],
    ['/rates/RUR/history?quote=USD', 'code'],
    ['/convert?amount=1&from=USD&to=RUR', 'to'],
    ['/rates?restate=1', 'restate'],
    ['/rates?source=bank', 'source'],
    ['/rates?as_of=yesterday', 'as_of'],
    ['/rates?as_of=2030-01-01T00:00:00Z', 'as_of'],
    ['/rates?from=2026-04-22&as_of=2030-01-01T00:00:00Z', 'as_of'],
    ['/rates?page=2', 'page'],
    ['/rates/USD?quote=USD', 'quote'],
    ['/rates/RUB', 'quote'],
    ['/rates/USD?from=2026-04-22', 'from'],
    ['/rates/U', 'code'],
    ['/rates/USD/history?date=2026-04-22', 'date'],
    ['/rates/USD/history?group=day', 'group'],
    ['/rates/USD/history?group=week&fill=calendar', 'fill'],
    ['/rates/USD/history?source=all&group=week', 'source'],
    ['/rates?__proto__=1', '__proto__'],
    ['/rates/USD?constructor=1', 'constructor'],
    ['/convert?amount=1&from=USD&to=RUB&toString=1', 'toString'],
    ['/currencies?scope=old', 'scope'],
    ['/sheets/2026-02-30', 'date'],
  ];

  it('reject meaningless parameters by name', async () => {
    for (const [path, parameter] of refused) {
      const { status, errors } = await problem(path);
      const named = errors?.map((error) => error.parameter);
      expect([path, status, named]).toEqual([path, 422, [parameter]]);
    }
  });

  it('have the same errors with If-None-Match: *', async () => {
    const anything = { headers: { 'If-None-Match': '*' } };
    for (const path of [
      ...['/rates/XYZ', '/rates/USD?date=2011-06-15', '/rates?nonsense=1', '/convert?amount=1'],
      ...['/sheets/2026-11-22', '/quarantine?state=lost', '/currencies/XYZ'],
    ]) {
      const { status } = await problem(path, anything);
      expect([path, status]).toEqual([path, (await problem(path)).status]);
    }
    for (const path of [
      ...['/rates/USD', '/rates.csv?from=2026-04-22', '/convert?amount=1&from=USD&to=RUB'],
      ...['/sheets/2026-04-24', '/sheets/2026-04-24.xml', '/quarantine'],
    ]) {
      const response = await call(path, anything);
      const tag = (await call(path)).headers.get('etag');
      expect([path, response.status, await response.text()]).toEqual([path, 304, '']);
      expect([path, response.headers.get('etag')]).toEqual([path, tag]);
      expect(response.headers.get('content-type')).toBeNull();
    }
  });

  it('answer 304 until the data or the day changes, and let caches keep past days', async () => {
    const again = (etag: string, path = '/rates/USD') =>
      call(path, { headers: { 'If-None-Match': etag } });
    const path = '/rates/USD?date=2026-04-23';
    const past = await call(path);
    const pastAgain = await again(past.headers.get('etag') ?? '', path);
    expect(pastAgain.status).toBe(304);
    for (const { headers } of [past, pastAgain]) {
      expect(headers.get('cache-control')).toBe('public, max-age=86400');
    }
    // Midnight in Moscow is closer than the next poll, a day after the start.
    clock.set('2026-04-22T12:00:00Z');
    const today = await call('/rates/USD');
    expect(today.headers.get('cache-control')).toBe('public, max-age=32400');
    const tag = today.headers.get('etag') ?? '';
    expect((await again(tag)).status).toBe(304);
    // A tag is valid for its own address only.
    expect((await again(tag, '/rates/EUR')).status).toBe(200);
    await getJson(`${kurs.url}/rates/create?code=ABC&name=B&value=1`);
    expect((await again(tag)).status).toBe(200);
    const newer = (await call('/rates/USD')).headers.get('etag') ?? '';
    clock.set('2026-04-22T22:00:00Z');
    expect((await again(newer)).status).toBe(200);
  });

  it('are the bank’s despite manual edits, unless manual ones are requested', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    const edit = withBody('PATCH', { value: '70' });
    await fetch(`${kurs.url}/rates/update?rate_id=${usd?.id}`, edit);
    const eur = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'EUR');
    await fetch(`${kurs.url}/rates/delete?rate_id=${eur?.id}`, { method: 'DELETE' });
    expect(await record('/rates/USD')).toMatchObject({ value: '75.5000', source: 'cbr' });
    expect(await record('/rates/EUR')).toMatchObject({ effective_date: '2026-04-24' });
    expect(await record('/rates/USD?source=manual')).toMatchObject({
      rate: '70',
      source: 'manual',
    });
    expect(await record('/rates/USD?source=all')).toMatchObject({ rate: '70', source: 'manual' });
    expect(await record('/rates/JPY?source=all')).toMatchObject({ source: 'cbr' });
    expect(await record('/rates/USD?source=all&quote=EUR')).toMatchObject({ source: 'manual' });
    expect(await problem('/rates/JPY?source=manual')).toMatchObject({ code: 'rates.not_set' });
    expect((await list('/rates?source=manual')).map(({ code }) => code)).toEqual(['USD']);
    const both = await list('/rates?from=2026-04-24&codes=USD&source=all');
    expect(both.map(({ rate, source }) => [rate, source])).toEqual([
      ['75.5', 'cbr'],
      ['70', 'manual'],
    ]);
    // Against a manual euro both rates are manual.
    const euro = { code: 'EUR', name: 'Е', value: '90', effective_date: '2026-04-24' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', euro));
    const crosses = '/rates?from=2026-04-24&source=all&quote=EUR&codes=USD';
    const all = await list(crosses);
    expect(all.map(({ rate, source }) => [rate.slice(0, 6), source])).toEqual([
      ['0.8388', 'manual'],
      ['0.7777', 'manual'],
    ]);
    expect((await pagesOf(`${crosses}&limit=1`)).flat()).toEqual(all);
    expect(await getJson(`${kurs.url}/v1/rates/USD/revisions`)).toMatchObject([
      { rate_id: usd?.id, value: '75.5000', rate: '75.5', source: 'cbr', reason: 'edit' },
    ]);
  });

  it('are accepted from the first day of the calendar on', async () => {
    const oldest = { code: 'OLD', name: 'О', value: '1.5', effective_date: '0001-01-01' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', oldest));
    const history = '/rates/OLD/history?source=manual';
    const days = (rows: Record[]) => rows.map(({ requested_date }) => requested_date);
    expect(days(await list(history))).toEqual(['0001-01-01']);
    expect(days(await list(`${history}&from=0001-01-01&to=0001-01-02&fill=calendar`))).toEqual([
      ...['0001-01-01', '0001-01-02'],
    ]);
    expect(await list(`${history}&group=week`)).toMatchObject([{ from: '0001-01-01' }]);
    expect(await list('/rates/USD/history?from=0001-01-01&to=0001-02-01')).toEqual([]);
  });

  it('are the manual ones of an instant, despite later changes', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    await fetch(`${kurs.url}/rates/update?rate_id=${usd?.id}`, withBody('PATCH', { value: '70' }));
    const abc = { code: 'ABC', name: 'ABC', effective_date: '2026-04-20' };
    const created = ['1.10', '1.20', '1.30'].map((value, index) =>
      withBody('POST', { ...abc, value, effective_date: `2026-04-2${index}` }),
    );
    for (const body of created) await fetch(`${kurs.url}/v1/rates`, body);
    clock.set('2026-04-24T10:00:00Z');
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    for (const { id, code } of await new Rows(kurs).rates()) {
      if (code !== 'ABC') continue;
      await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
    }
    const now = 'source=manual';
    const then = `${now}&as_of=2026-04-24T09:30:00Z`;
    expect(await list(`/rates?${now}`)).toEqual([]);
    expect(await list(`/rates?${then}`)).toMatchObject([
      { code: 'ABC', rate: '1.3', previous_rate: '1.2', effective_date: '2026-04-22' },
      { code: 'USD', rate: '70', previous_rate: null },
    ]);
    expect(await list(`/rates?codes=ABC&date=2026-04-21&${then}`)).toMatchObject([
      { rate: '1.2', previous_rate: '1.1' },
    ]);
    const days = await list(`/rates?from=2026-04-21&codes=ABC&${then}`);
    expect(days.map(({ rate, change }) => `${rate} ${change}`)).toEqual(['1.2 0.1', '1.3 0.1']);
    expect((await list(`/rates?from=2026-04-01&${then}`)).map(({ rate }) => rate)).toEqual([
      ...['1.1', '1.2', '1.3', '70'],
    ]);
    expect(await problem(`/rates/ABC?date=2026-04-19&${then}`)).toMatchObject({
      code: 'rates.not_set',
    });
  });

  it('are as they were known at an instant', async () => {
    clock.set('2026-04-24T10:00:00Z');
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    const at9 = 'as_of=2026-04-24T09:30:00Z';
    expect(await record('/rates/USD')).toMatchObject({ value: '75.9000' });
    expect(await record(`/rates/USD?${at9}`)).toMatchObject({
      ...{ value: '75.5000', previous_rate: '76' },
    });
    expect(await list(`/rates?codes=USD&${at9}`)).toMatchObject([{ value: '75.5000' }]);
    for (const query of ['', '&fill=calendar', '&limit=5']) {
      const history = await list(`/rates/USD/history?from=2026-04-23${query}&${at9}`);
      expect(history.map(({ rate }) => rate)).toEqual(['76', '75.5']);
    }
    expect(await record(`/convert?amount=1&from=USD&to=RUB&${at9}`)).toMatchObject({
      result: '75.5',
    });
    expect(await problem(`/currencies?${at9}`)).toMatchObject({
      errors: [{ parameter: 'as_of', message: 'as_of is unknown' }],
    });
    // On Wednesday evening there was one sheet, and Wednesday was today.
    const wednesday = 'as_of=2026-04-22T15:00:00%2B03:00';
    expect(await record(`/rates/USD?${wednesday}`)).toMatchObject({
      ...{ value: '75.0000', requested_date: '2026-04-22', previous_rate: null },
    });
    expect(await problem(`/rates/USD?date=2026-04-23&${wednesday}`)).toMatchObject({ status: 422 });
    expect(await problem('/rates/USD?as_of=2026-04-24T10:00:01Z')).toMatchObject({
      errors: [{ parameter: 'as_of', message: 'as_of must not be in the future' }],
    });
    expect(await problem('/rates/USD?as_of=2026-04-21T00:00:00Z')).toMatchObject({
      code: 'rates.not_loaded',
    });
    const [revision] = await getJson<{ reason: string; document_sha256: string }[]>(
      `${kurs.url}/v1/rates/USD/revisions`,
    );
    expect(revision).toMatchObject({ reason: 'correction', value: '75.5000' });
    const first = encode1251(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    expect(revision?.document_sha256).toBe(createHash('sha256').update(first).digest('hex'));
    expect(await list('/rates/JPY/revisions')).toEqual([]);
    expect(await problem('/rates/XYZ/revisions')).toMatchObject({ code: 'rates.unknown_code' });
  });

  it('come from documents that are returned byte for byte', async () => {
    const bytes = encode1251(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await getJson(`${kurs.url}/v1/sheets/2026-04-24`)).toEqual({
      ...{ date: '2026-04-24', fetched_at: FRIDAY.replace('Z', '.000Z'), sha256, currencies: 4 },
      withdrawn: null,
      documents: [
        {
          ...{ kind: 'daily', cbr_id: null, date: '2026-04-24', to_date: null },
          ...{ fetched_at: FRIDAY.replace('Z', '.000Z'), sha256, built: false },
        },
      ],
    });
    const xml = await call('/sheets/2026-04-24.xml');
    expect(xml.headers.get('content-type')).toBe('application/xml');
    expect(Buffer.from(await xml.arrayBuffer()).equals(bytes)).toBe(true);
    // A correction is another document; the first remains available.
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    const newest = await (await call('/sheets/2026-04-24.xml')).arrayBuffer();
    expect(Buffer.from(newest).includes('75,9000')).toBe(true);
    const old = await (await call(`/sheets/2026-04-24.xml?sha256=${sha256}`)).arrayBuffer();
    expect(Buffer.from(old).equals(bytes)).toBe(true);
    expect(await problem('/sheets/2026-04-25')).toMatchObject({ code: 'rates.no_sheet' });
    expect(await problem('/sheets/2026-04-25.xml')).toMatchObject({ code: 'rates.no_sheet' });
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

  it('keep the bank’s days and numbers despite manual deletions', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    await fetch(`${kurs.url}/rates/delete?rate_id=${usd?.id}`, { method: 'DELETE' });
    expect(await getJson(`${kurs.url}/v1/currencies/USD`)).toMatchObject({
      ...{ first_date: '2026-04-22', last_date: '2026-04-24', set_today: true },
    });
    expect(await getJson(`${kurs.url}/v1/sheets/2026-04-24`)).toMatchObject({ currencies: 4 });
  });
});
