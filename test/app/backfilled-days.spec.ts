import { loadHistory } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Answer {
  code: string;
  rate: string;
  carried: boolean;
}

const APRIL = everySheet('2026-04-01', '2026-04-25');

/** No engine can change these rules. */
describe.each(databases.slice(0, 1))('a backfill on $engine', ({ engine }) => {
  const { bank, kurs } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });

  const load = (wanted: { from: string; to?: string; codes?: string[] }) =>
    loadHistory(kurs, wanted);
  const get = (path: string) => getJson<Answer>(`${kurs.url}/v1/rates/${path}`);

  it('answers 404 in a gap, and carries over Sundays and holidays', async () => {
    bank.record('R01235', everySheet('2010-01-01', '2012-12-31'));
    await load({ from: '2010-03-07', to: '2010-12-31', codes: ['USD'] });
    await load({ from: '2012-01-01', to: '2012-06-30', codes: ['USD'] });
    // Sunday, the first requested day: Saturday's fixing is in force.
    expect(await get('USD?date=2010-03-07')).toMatchObject({
      ...{ effective_date: '2010-03-06', carried: true },
    });
    expect(await get('USD?date=2010-03-05')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2010-12-31')).toMatchObject({ carried: false });
    expect(await get('USD?date=2011-01-01')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2011-06-15')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2012-07-01')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD/history?from=2010-06-01&to=2012-06-01')).toMatchObject({
      ...{ status: 404, code: 'rates.not_loaded' },
      command: 'npm run kurs -- backfill --from 2011-01-01',
    });
    // What the bank set before the last day of the gap is unknown.
    const unknown = { previous_rate: null, change: null, change_percent: null };
    const newYear = await get('USD?date=2012-01-01');
    expect(newYear).toMatchObject({ effective_date: '2011-12-31', ...unknown });
    const january = `${kurs.url}/v1/rates/USD/history?from=2012-01-01&to=2012-01-31`;
    const [first] = await getJson<Answer[]>(january);
    expect(first).toMatchObject({ previous_rate: newYear.rate });
    const [day] = await getJson<Answer[]>(`${january}&fill=calendar`);
    expect(day).toMatchObject({ requested_date: '2012-01-01', ...unknown });
    await load({ from: '2011-01-01', to: '2011-12-31', codes: ['USD'] });
    const { rate: previous_rate } = await get('USD?date=2011-12-30');
    expect(await get('USD?date=2012-01-01')).toMatchObject({ previous_rate });
    const days = await getJson<Answer[]>(
      `${kurs.url}/v1/rates/USD/history?from=2010-03-07&to=2010-12-31&fill=calendar`,
    );
    expect(days).toHaveLength(300);
    expect(days.filter(({ carried }) => carried)).toHaveLength(86);
  });

  it('reports when a currency is no longer set, and carries monthly fixings over their month', async () => {
    bank.record('R01235', everySheet('2005-01-01', '2006-12-31'));
    bank.record('R01060', [
      { date: '2005-05-01', value: '6,1000', nominal: 100 },
      { date: '2005-06-01', value: '6,2000', nominal: 100 },
      { date: '2005-07-01', value: '6,3000', nominal: 100 },
    ]);
    bank.record('R01510', everySheet('2005-01-01', '2005-12-31'));
    bank.record('R01510A', []);
    await load({ from: '2005-01-01', to: '2006-12-31' });
    expect(await get('AMD?date=2005-06-17')).toMatchObject({ value: '6.2000', carried: true });
    expect(await get('AMD?date=2005-07-31')).toMatchObject({ value: '6.3000', carried: true });
    expect(await get('AMD?date=2005-08-02')).toMatchObject({
      ...{ status: 404, code: 'rates.not_set', last_date: '2005-07-01' },
    });
    expect(await get('AMD?date=2005-04-20')).toMatchObject({ last_date: null });
    expect(await get('DEM?date=2006-01-03')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: '2005-12-31' },
    });
    const all = await getJson<Answer[]>(`${kurs.url}/v1/rates?date=2005-06-18`);
    expect(all.map(({ code }) => code)).toEqual(['AMD', 'DEM', 'USD']);
    expect(await getJson(`${kurs.url}/v1/currencies/DEM`)).toMatchObject({
      ...{ cbr_ids: ['R01510', 'R01510A'], num_code: '276', set_today: false },
      ...{ first_date: '2005-01-01', last_date: '2005-12-31', name_en: 'Deutsche Mark' },
    });
  });

  it('knows that a currency of old sheets alone is not set, if the bank has no series of it', async () => {
    bank.record('R01235', APRIL);
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('R01090A')) {
        response.end(encode1251('<ValCurs>Error in parameters</ValCurs>'));
      }
    });
    expect(await load({ from: '2026-04-01' })).toMatchObject({ missing: [] });
    expect(await get('BYB?date=2026-04-15')).toMatchObject({ code: 'rates.not_set' });
    const { headers } = await fetch(`${kurs.url}/v1/rates?date=2026-04-15`);
    expect(headers.get('kurs-not-loaded')).toBeNull();
  });
});
