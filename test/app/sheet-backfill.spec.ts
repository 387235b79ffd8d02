import { loadHistory, loadSheets } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Rate {
  value: string;
  name: string;
  effective_date: string;
  carried: boolean;
}

/** Sheets from Tuesday to Saturday, as yyyy-mm-dd; of 2003, when nothing was set monthly. */
const DAYS = weekdays('2002-12-24', '2003-02-28');
const RANGE = { from: '2003-01-06', to: '2003-02-28' };
const WITHIN = DAYS.filter((day) => day >= RANGE.from);

describe.each(databases)('loading history by sheets on $engine', ({ engine }) => {
  const { bank, kurs } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => {
      bank.list([
        { id: 'R01235', num: '840', code: 'USD', name: 'Доллар США', nameEn: 'US Dollar' },
        { id: 'R01239', num: '978', code: 'EUR', name: 'Евро', nameEn: 'Euro' },
      ]);
      for (const day of DAYS) bank.publish(sheetOn(day));
      bank.record(
        'R01235',
        DAYS.map((date) => ({ date, value: valueOn(date) })),
      );
    },
  });
  const rows = new Rows(kurs);

  beforeEach(() => {
    bank.questions.length = 0;
  });

  /** Days of history requested since the last call; the fetch requests the newest ones. */
  const asked = () =>
    bank.questions
      .splice(0)
      .filter((day) => day !== null)
      .map((day) => day.split('/').reverse().join('-'))
      .filter((day) => day < '2004-01-01');
  const get = (path: string) => getJson<Rate>(`${kurs.url}/v1/${path}`);

  it('requests each sheet once, and covers the days without one of their own', async () => {
    const report = await loadSheets(kurs, RANGE);
    expect(report).toMatchObject({ added: 2 * (WITHIN.length + 1), corrected: 0, missing: [] });
    expect(asked()).toHaveLength(WITHIN.length + 1);
    // Monday, the first day: Saturday's sheet is in force.
    expect(await get('rates/USD?date=2003-01-06')).toMatchObject({ effective_date: '2003-01-04' });
    expect(await get('rates/EUR?date=2003-02-02')).toMatchObject({ effective_date: '2003-02-01' });
    expect(await get('rates/USD?date=2003-01-03')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await rows.events()).toHaveLength(2);
  });

  it('gives old days their own documents, names and corrections, and emits no other events', async () => {
    await loadHistory(kurs, { ...RANGE, codes: ['USD'] });
    bank.publish(
      sheetXml('15.01.2003', [at(EUR, '33,0000'), { ...at(USD, '31,9999'), name: 'Доллар' }]),
    );
    const before = (await rows.events()).length;
    const report = await loadSheets(kurs, RANGE);
    expect(report).toMatchObject({ corrected: 1, unchanged: WITHIN.length, missing: [] });
    expect((await rows.events()).slice(before)).toHaveLength(1);
    expect(await rows.revisions()).toMatchObject([
      { effective_date: '2003-01-15', value: valueOn('2003-01-15').replace(',', '.') },
    ]);
    expect(await get('rates/USD?date=2003-01-15')).toMatchObject({
      value: '31.9999',
      name: 'Доллар',
    });
    const answer = await fetch(`${kurs.url}/v1/sheets/2003-01-16.xml`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(encode1251(sheetOn('2003-01-16')));
  });

  it('resumes where it was stopped, and requests everything again after completion', async () => {
    const stop = new AbortController();
    let steps = 0;
    const stopped = loadSheets(kurs, RANGE, () => ++steps === 10 && stop.abort(), stop.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'cbr.stopped' });
    const first = asked();
    const report = await loadSheets(kurs, RANGE);
    expect(report.missing).toEqual([]);
    expect(report.resumed).toBeGreaterThan(0);
    const second = asked();
    // The request in flight when it was stopped may be repeated.
    expect(first.length + second.length).toBeLessThanOrEqual(WITHIN.length + 2);
    expect(await loadSheets(kurs, RANGE)).toMatchObject({ resumed: 0, added: 0, missing: [] });
    // Days without a sheet of their own are known.
    expect(asked().sort()).toEqual(WITHIN);
    await loadSheets(kurs, { from: '2002-12-28', to: RANGE.to });
    // Monday, 30 December, was not loaded: Saturday's sheet answers.
    expect(asked().sort()).toEqual(['2002-12-30', ...DAYS.filter((day) => day >= '2002-12-31')]);
  });

  it('loads the good days, reports the bad one, and loads it later', async () => {
    const [bad, next] = ['2003-01-22', '2003-01-23'];
    bank.publish(sheetOn(bad).replace('Nominal>1<', 'Nominal>seven<'));
    const report = await loadSheets(kurs, RANGE);
    expect(report.missing).toMatchObject([
      { code: bad, reason: expect.stringContaining('cbr.unreadable_number') as string },
    ]);
    expect(await get(`rates/USD?date=${bad}`)).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get(`rates/USD?date=${next}`)).toMatchObject({ carried: false });
    bank.publish(sheetOn(bad));
    asked();
    expect(await loadSheets(kurs, RANGE)).toMatchObject({ added: 2, missing: [] });
    expect(asked()).toEqual([bad]);
    expect(await get(`rates/USD?date=${bad}`)).toMatchObject({ carried: false });
  });
});

function sheetOn(day: string): string {
  return sheetXml(day.split('-').reverse().join('.'), [at(USD, valueOn(day)), at(EUR, '33,0000')]);
}

function valueOn(day: string): string {
  return `31,${day.slice(5).replace('-', '')}`;
}

function weekdays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) {
    if (day.getUTCDay() >= 2) days.push(day.toISOString().slice(0, 10));
  }
  return days;
}
