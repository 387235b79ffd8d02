import { Freshness } from '../../src/http/answers/freshness.js';
import { getJson, type ProblemBody } from '../support/json.js';
import { learnCurrencies, loadSeries } from '../support/load-series.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Answer {
  code: string;
  rate: string;
  effective_date: string;
  requested_date: string;
  carried: boolean;
  provisional: boolean;
}

/** Moscow time, which has been UTC+3 all year since 2014. */
const moscow = (text: string) => new Date(`${text}:00+03:00`).toISOString();

describe('days after the newest sheet', () => {
  /** Friday afternoon: Saturday's sheet is published. */
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('27.11.2026', [at(USD, '75,0000'), EUR])],
    clock: moscow('2026-11-27T12:00'),
  });

  beforeEach(async () => {
    clock.set(moscow('2026-11-27T16:00'));
    bank.publish(sheetXml('28.11.2026', [at(USD, '76,0000'), EUR]));
    await run();
  });

  const run = () => getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
  const call = (path: string, init?: RequestInit) => fetch(`${kurs.url}/v1${path}`, init);
  const get = async <Body = Answer & ProblemBody>(path: string) =>
    (await (await call(path)).json()) as Body;
  const days = async (path: string) =>
    (await get<Answer[]>(path)).map(
      ({ requested_date: day, rate, carried, provisional }) =>
        `${day.slice(5)} ${rate}${carried ? ' carried' : ''}${provisional ? ' provisional' : ''}`,
    );
  interface Ahead {
    expected_date: string;
    last_answerable_date: string;
  }
  const aheadOf = async () => (await get<{ bank: Ahead }>('/status')).bank;
  /** Results of every route for one day: status, and the data of a 200. */
  const answers = async (day: string) => {
    const [one, all, cross, conversion, calendar, range] = await Promise.all([
      get(`/rates/USD?date=${day}`),
      get<Answer[]>(`/rates?date=${day}`),
      get(`/rates/USD?date=${day}&quote=EUR`),
      get<{ rates: Answer[] }>(`/convert?amount=1&from=USD&to=RUB&date=${day}`),
      get<Answer[]>(`/rates/USD/history?from=${day}&to=${day}&fill=calendar`),
      call(`/rates?from=2026-11-28&to=${day}`),
    ]);
    expect(range.status).toBe(200);
    const told = [one, ...all, cross, ...conversion.rates, ...calendar];
    expect(told.map(({ code }) => code).join()).toBe('USD,EUR,USD,USD,USD,USD');
    const states = told.map(({ effective_date, requested_date, carried, provisional }) =>
      JSON.stringify({ effective_date, requested_date, carried, provisional }),
    );
    expect(new Set(states).size).toBe(1);
    return JSON.parse(states[0] ?? '') as object;
  };
  const refusals = async (day: string) => {
    const paths = [
      ...[`/rates/USD?date=${day}`, `/rates?date=${day}`],
      `/convert?amount=1&from=USD&to=RUB&date=${day}`,
      ...[`/rates?from=2026-11-28&to=${day}`, `/rates/USD/history?to=${day}`],
      `/rates/USD/history?from=2026-11-28&to=${day}&fill=calendar`,
    ];
    const problems = await Promise.all(paths.map((path) => get(path)));
    expect(problems.map(({ status }) => status)).toEqual(paths.map(() => 422));
    return problems.map(({ errors }) => errors?.[0]?.message);
  };

  it('are answered with the rates in force until the bank may publish again', async () => {
    // Saturday's sheet is published: its own day is not provisional.
    expect(await answers('2026-11-28')).toMatchObject({ carried: false, provisional: false });
    await refusals('2026-11-29');
    clock.set(moscow('2026-11-28T12:00'));
    await refusals('2026-11-29');
    // A Saturday is rarely followed by a sheet for Sunday: none is expected, but none is excluded.
    const expected = { expected_date: '2026-12-01' };
    expect(await aheadOf()).toMatchObject({ ...expected, last_answerable_date: '2026-11-28' });
    clock.set(moscow('2026-11-28T20:00'));
    expect(await aheadOf()).toMatchObject({ ...expected, last_answerable_date: '2026-11-30' });
    const carried = { effective_date: '2026-11-28', carried: true, provisional: true };
    for (const requested_date of ['2026-11-29', '2026-11-30']) {
      expect(await answers(requested_date)).toEqual({ ...carried, requested_date });
    }
    clock.set(moscow('2026-11-29T10:00'));
    expect(await answers('2026-11-29')).toMatchObject({ carried: true, provisional: false });
    expect(await answers('2026-11-30')).toMatchObject({ carried: true, provisional: true });
    for (const message of await refusals('2026-12-01')) {
      expect(message).toMatch(
        /^(?:date|to) must not be later than 2026-11-30: it is 2026-11-29 in Moscow, and/,
      );
    }
  });

  it('are part of a range that names them, and of no other', async () => {
    clock.set(moscow('2026-11-29T10:00'));
    await run();
    const sunday = ['11-28 76', '11-29 76 carried'];
    const calendar = '/rates/USD/history?fill=calendar&from=2026-11-28';
    expect(await days(calendar)).toEqual(sunday);
    const monday = [...sunday, '11-30 76 carried provisional'];
    expect(await days(`${calendar}&to=2026-11-30`)).toEqual(monday);
    expect(await days('/rates/USD/history?from=2026-11-28&to=2026-11-30')).toEqual(['11-28 76']);
    const header = await (await call('/rates.csv?date=2026-11-30&codes=USD')).text();
    expect(header).toContain(',carried,provisional,');
    expect(header).toContain(',2026-11-28,2026-11-30,true,true,');
    // `latest` stays the newest day with a sheet, or today.
    expect(await days('/rates?date=latest&codes=USD')).toEqual(['11-29 76 carried']);
  });

  it('are answered with what was known at an instant', async () => {
    clock.set(moscow('2026-12-03T12:00'));
    const on = (day: string, instant: string) =>
      get(`/rates/USD?date=${day}&as_of=${new Date(moscow(instant)).toISOString()}`);
    expect(await on('2026-11-30', '2026-11-28T20:00')).toMatchObject({
      ...{ effective_date: '2026-11-28', carried: true, provisional: true },
    });
    expect(await on('2026-11-29', '2026-11-28T19:59')).toMatchObject({ status: 422 });
    const refused = await on('2026-12-01', '2026-11-29T10:00');
    expect(refused.errors?.[0]?.message).toContain('it was 2026-11-29');
  });

  it('are not answered when a sheet is late, but today is', async () => {
    clock.set(moscow('2026-12-08T12:00'));
    expect(await answers('2026-12-08')).toMatchObject({
      ...{ effective_date: '2026-11-28', carried: true, provisional: false },
    });
    await refusals('2026-12-09');
    expect(await aheadOf()).toMatchObject({
      ...{ expected_date: '2026-12-01', last_answerable_date: '2026-12-08' },
    });
    // The longest wait without a sheet: 45 days.
    clock.set(moscow('2027-01-12T12:00'));
    expect(await answers('2027-01-12')).toMatchObject({
      ...{ effective_date: '2026-11-28', carried: true, provisional: false },
    });
    expect(await get('/rates/USD?date=2027-01-11')).toMatchObject({ code: 'rates.not_loaded' });
  });

  it('before a sheet dated far ahead are answered with the sheet before it', async () => {
    bank.publish(sheetXml('08.12.2026', [at(USD, '79,0000'), EUR]));
    await run();
    clock.set(moscow('2026-11-29T10:00'));
    expect(await answers('2026-11-30')).toMatchObject({
      ...{ effective_date: '2026-11-28', carried: true, provisional: true },
    });
    // The bank will publish sheets for the days between; their rates are not known.
    const message =
      'The rate of USD on 2026-12-05 is not known yet: no sheet is published for that day';
    const problem = await get('/rates/USD?date=2026-12-05');
    expect(problem).toMatchObject({ code: 'rates.not_loaded', detail: message });
    expect(problem).not.toHaveProperty('command');
    const range = '/rates/USD/history?from=2026-11-28&to=2026-12-05';
    expect(await get(range)).toMatchObject({ status: 404 });
    expect(await get('/rates/USD?date=2026-12-08')).toMatchObject({
      ...{ carried: false, provisional: false },
    });
  });

  it('are evicted from every cache at midnight in Moscow, and when their sheet arrives', async () => {
    clock.set(moscow('2026-11-29T23:59'));
    kurs.get(Freshness).expectNewsAt(new Date(moscow('2026-12-01T15:00')));
    const path = '/rates/USD?date=2026-11-30';
    const before = await call(path);
    expect(before.headers.get('cache-control')).toBe('public, max-age=60');
    expect(await get(path)).toMatchObject({ provisional: true });
    const again = (tag: string | null) => call(path, { headers: { 'If-None-Match': tag ?? '' } });
    expect((await again(before.headers.get('etag'))).status).toBe(304);
    clock.set(moscow('2026-11-30T00:00'));
    expect((await again(before.headers.get('etag'))).status).toBe(200);
    const today = await call(path);
    expect(await today.json()).toMatchObject({ provisional: false });
    bank.publish(sheetXml('30.11.2026', [at(USD, '77,0000'), EUR]));
    await run();
    expect((await again(today.headers.get('etag'))).status).toBe(200);
    expect(await get(path)).toMatchObject({ rate: '77', carried: false, provisional: false });
  });

  it('are rejected until then, and the rejection is not cached', async () => {
    clock.set(moscow('2026-11-28T19:59'));
    const path = '/rates/USD?date=2026-11-29';
    const refused = await call(path);
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([422, 'no-store']);
    clock.set(moscow('2026-11-28T20:00'));
    expect((await call(path)).status).toBe(200);
  });

  it('have a page as soon as they have rates', async () => {
    const statuses = () =>
      Promise.all(
        ['/v1/rates?date=2026-11-29', '/on/2026-11-29', '/on/2026-11-29?lang=en'].map(
          async (path) => (await fetch(kurs.url + path)).status,
        ),
      );
    clock.set(moscow('2026-11-28T19:59'));
    expect(await statuses()).toEqual([422, 404, 404]);
    clock.set(moscow('2026-11-28T20:01'));
    expect(await statuses()).toEqual([200, 200, 200]);
  });
});

describe('days after the newest day of a series, while no sheet was fetched', () => {
  const { kurs } = withKurs({ clock: moscow('2026-11-29T10:00') });

  it('are answered as far as the status says', async () => {
    const point = { date: '2026-11-28', value: '77,0000' };
    await learnCurrencies(kurs, [[USD.id, 'USD']]);
    await loadSeries(kurs, USD.id, ['2026-11-28', '2026-11-28'], [point]);
    const { bank } = await getJson<{ bank: { last_answerable_date: string } }>(
      `${kurs.url}/v1/status`,
    );
    const statusOn = async (date: string) =>
      (await fetch(`${kurs.url}/v1/rates/USD?date=${date}`)).status;
    expect(bank.last_answerable_date).toBe('2026-11-30');
    expect([await statusOn('2026-11-30'), await statusOn('2026-12-01')]).toEqual([200, 422]);
  });
});
