import { addDays, type CalendarDate } from '../../src/common/calendar-date.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { getJson } from '../support/json.js';
import {
  MONTHLY_CODES,
  OLD_TIMES,
  type OldSheet,
  oldSheets,
  openOldBank,
} from '../support/old-bank.js';
import { withKurs } from '../support/with-kurs.js';

interface Rate {
  code: string;
  nominal: number;
  value: string;
  effective_date: string;
  cbr_id: string;
  last_date?: string;
}

const SHEETS = oldSheets();
const isWhole = ({ valutes }: OldSheet) => valutes.some(({ code }) => code === 'USD');

const ways = [
  { by: 'series', load: loadHistory },
  { by: 'daily sheets', load: loadSheets },
];

describe.each(ways)('currencies of the 1990s, loaded by $by', ({ by, load }) => {
  const { kurs } = withKurs({
    clock: '2026-04-25T09:00:00Z',
    once: true,
    prepare: ({ bank }) => openOldBank(bank),
  });

  beforeAll(async () => {
    expect(await load(kurs, { from: '1992-07-01' })).toMatchObject({ missing: [] });
  });

  const get = (path: string) => getJson<Rate>(`${kurs.url}${path}`);

  it('are answered day by day exactly as in their sheets', async () => {
    for (const { from, to } of OLD_TIMES) {
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const rates = await getJson<Rate[]>(`${kurs.url}/v1/rates?date=${day}`);
        const { printed, allowed } = expectedOn(day);
        const given = rates.map(
          ({ cbr_id, nominal, value, effective_date: date }) =>
            `${cbr_id} ${nominal} ${value} ${date}`,
        );
        expect([day, given]).toEqual([day, expect.arrayContaining(printed)]);
        const others = rates.filter(({ code }) => !allowed.has(code)).map(({ code }) => code);
        expect([day, others]).toEqual([day, []]);
      }
    }
  });

  it('that are in sheets only, as BYB, end with them', async () => {
    const last = SHEETS.findLast(({ valutes }) => valutes.some(({ code }) => code === 'BYB'));
    expect(await get(`/v1/rates/BYB?date=${last?.date}`)).toMatchObject({ cbr_id: 'R01090A' });
    expect(await get('/v1/rates/BYB?date=1998-07-14')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: last?.date },
    });
    if (by === 'series') {
      expect(await get('/v1/rates/BYB?date=2005-01-11')).toMatchObject({ code: 'rates.not_set' });
    }
    expect(await get('/v1/currencies/BYB')).toMatchObject({
      num_code: '112',
      name_en: 'Belarusian Ruble',
    });
  });

  it('that come with the series of another, as R01406, have their own code on every route', async () => {
    const first = '1997-11-06';
    const sheet = SHEETS.find(({ date }) => date === first);
    const { value = '' } = sheet?.valutes.find(({ id }) => id === 'R01406') ?? {};
    const rate = { code: 'R01406', value: value.replace(',', '.'), effective_date: first };
    expect(await get(`/v1/rates/R01406?date=${first}`)).toMatchObject(rate);
    expect(await get('/v1/rates/r01406?date=1997-11-07')).toMatchObject({ code: 'rates.not_set' });
    const range = 'from=1997-11-01&to=1997-11-30';
    expect(await get(`/v1/rates/R01406/history?${range}`)).toMatchObject([rate, {}, {}, {}]);
    expect(await get(`/v1/rates/R01406/history?${range}&fill=calendar`)).toHaveLength(4);
    expect(await get(`/v1/rates/R01406/history?${range}&group=month`)).toHaveLength(1);
    expect(await get(`/v1/rates?${range}&codes=R01406,USD`)).toHaveLength(4 + 21);
    expect(await get(`/v1/rates?date=${first}&codes=R01406`)).toMatchObject([rate]);
    expect(await get(`/v1/rates/USD?date=${first}&quote=R01406`)).toMatchObject({
      quote: 'R01406',
    });
    expect(await get('/v1/rates/R01406/revisions')).toEqual([]);
    expect(await get(`/v1/convert?from=R01406&to=USD&amount=100&date=${first}`)).toMatchObject({
      from: 'R01406',
    });
    expect(await get('/v1/currencies/R01406')).toMatchObject({
      first_date: first,
      cbr_ids: ['R01406'],
    });
    expect(await get('/rates/get/R01406')).toHaveLength(7);
    expect(await get('/rates/get/code?code=R01406')).toHaveLength(7);
    expect(await get('/v1/rates/R01406?date=1998-05-11')).toMatchObject({ code: 'rates.not_set' });
  });

  it('are listed with all others', async () => {
    const all = await getJson<Rate[]>(`${kurs.url}/v1/currencies?scope=all`);
    const codes = all.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['BYB', 'R01406', 'TRL', 'USD']));
  });

  it('can be loaded by their code alone', async () => {
    for (const code of ['BYB', 'R01406']) {
      const days = { from: '1997-11-10', to: '1997-11-30', codes: [code] };
      expect(await loadHistory(kurs, days)).toMatchObject({ added: 0, missing: [] });
    }
  });
});

/** Expected codes of the sheet in force on a day, and the codes that may be carried in addition. */
function expectedOn(day: CalendarDate) {
  const until = SHEETS.filter(({ date }) => date <= day);
  const whole = until.findLastIndex(isWhole);
  const inForce = until.at(-1);
  const printed = (inForce?.valutes ?? []).map(
    ({ id, nominal, value }) => `${id} ${nominal} ${value.replace(',', '.')} ${inForce?.date}`,
  );
  const since = until.slice(Math.max(whole, 0)).flatMap(({ valutes }) => valutes);
  return {
    printed,
    allowed: new Set([...MONTHLY_CODES, ...since.map(({ id, code }) => code || id)]),
  };
}
