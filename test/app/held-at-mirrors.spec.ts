import { eventually } from '../support/eventually.js';
import { DICTIONARY } from '../support/history.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { postSoap, soapEnvelope } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

/** The value before, the held one, and quotients of the value before. */
const FALSE_FIGURES = /75[.,]5273|175[.,]0|1\.1716|1\.1724|0\.852/;

describe('while a figure is held, no mirror', () => {
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY])],
    clock: '2026-04-27T09:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '20' },
    once: true,
    prepare: ({ bank: own }) => own.list(DICTIONARY),
  });
  const { kurs, bank, clock } = fixture;
  const publish = async (date: string, usd: string, eur: string, now: string) => {
    bank.publish(sheetXml(date, [at(USD, usd), at(EUR, eur), JPY]));
    clock.set(now);
    await fixture.run();
  };

  beforeAll(async () => {
    await publish('28.04.2026', '175,0000', '88,5000', '2026-04-28T09:00:00Z');
    const dictionary = () => fetch(`${kurs.url}/scripts/XML_valFull.asp`);
    await eventually('the dictionary', async () => (await dictionary()).ok);
  });

  it.each([
    '/scripts/XML_daily.asp',
    '/scripts/XML_dynamic.asp?date_req1=28/04/2026&date_req2=29/04/2026&VAL_NM_RQ=R01235',
    '/daily_utf8.xml',
    '/latest.js',
    '/archive/2026/04/28/daily_json.js',
    '/tsv/840/2026/04/28.tsv',
    '/frankfurter/v1/latest',
    '/frankfurter/v1/latest?base=USD',
    '/frankfurter/v1/2026-04-28..?symbols=USD,RUB',
    '/frankfurter/v1/2026-04-28..?base=USD',
    '/v2/rates',
    '/v2/rates?base=USD',
    '/v2/rates?date=2026-04-28&quotes=USD',
    '/v2/rates?from=2026-04-28&to=2026-04-29&base=USD&quotes=EUR',
    '/v2/rate/USD/RUB',
    '/v2/rates.csv?base=USD',
  ])('has it, or the one before it, and each names the currency: %s', async (path) => {
    const answer = await fetch(`${kurs.url}${path}`);
    expect(await answer.text()).not.toMatch(FALSE_FIGURES);
    expect([path, answer.headers.get('kurs-quarantined')]).toEqual([path, 'USD']);
  });

  it('has it in SOAP', async () => {
    const call = soapEnvelope('GetCursOnDateXML', { On_date: '2026-04-28' });
    expect(await (await postSoap(kurs.url, call)).text()).not.toMatch(FALSE_FIGURES);
  });

  it('gives 1C another line: it is 503 until the figure is accepted or another follows', async () => {
    const answer = await fetch(`${kurs.url}/tsv/840/2026/04/28.tsv`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
  });

  it('carries it over: a range of Frankfurter has each pair before it and after it', async () => {
    await publish('29.04.2026', '76,0000', '89,0000', '2026-04-29T09:00:00Z');
    const answer = await fetch(`${kurs.url}/frankfurter/v1/2026-04-25..?base=USD&symbols=EUR,RUB`);
    expect(answer.headers.get('kurs-quarantined')).toBe('USD');
    expect(await answer.json()).toMatchObject({
      rates: { '2026-04-25': { RUB: 75.5273 }, '2026-04-29': { RUB: 76 } },
      start_date: '2026-04-25',
      end_date: '2026-04-29',
    });
    const { rates } = (await (
      await fetch(`${kurs.url}/frankfurter/v1/2026-04-25..?base=USD`)
    ).json()) as { rates: object };
    expect(Object.keys(rates)).toEqual(['2026-04-25', '2026-04-29']);
  });

  it('hides that the value before is held: the JSON with both names the currency', async () => {
    const answer = await fetch(`${kurs.url}/daily_json.js`);
    expect(answer.headers.get('kurs-quarantined')).toBe('USD');
    expect(await answer.json()).toMatchObject({ Valute: { USD: { Value: 76, Previous: 76 } } });
  });
});

describe('at the ends of the calendar Frankfurter', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });

  it.each([
    'date=0001-01-01',
    'from=0001-01-01&to=0001-01-02&group=week',
    'from=9999-12-01&to=9999-12-31&group=month',
    'from=9999-12-27&to=9999-12-31&group=week',
    'date=9999-12-31',
  ])('has no rates: %s', async (query) => {
    const answer = await fetch(`${kurs.url}/v2/rates?${query}`);
    expect([answer.status, await answer.text()]).toEqual([200, '[]']);
  });
});
