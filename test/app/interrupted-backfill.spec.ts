import { loadHistory } from '../support/command-load.js';
import { databases, isRepeated } from '../support/databases.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { Rows } from '../support/rows.js';
import { EUR, type SeriesPoint, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const APRIL = everySheet('2026-04-01', '2026-04-25');
const FROM = { from: '2026-04-01' };
const CORRECTED = '99,0000';

/** The same records, the first one with another value. */
const corrected = ([first, ...rest]: SeriesPoint[]): SeriesPoint[] =>
  first ? [{ ...first, value: CORRECTED }, ...rest] : [];

describe.each(databases)('an incomplete backfill on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => {
      bank.list(DICTIONARY);
      for (const { id } of DICTIONARY) bank.record(id, APRIL);
    },
  });

  const refuse = (status: number, ...ids: string[]) =>
    bank.misbehaveOnHistory((request, response) => {
      if (ids.some((id) => request.url?.endsWith(id))) response.writeHead(status).end();
    });
  /** Everything but the euro is loaded; then the bank corrects a dollar. */
  const leaveUnfinished = async () => {
    refuse(500, EUR.id);
    expect(await loadHistory(kurs, FROM)).toMatchObject({ missing: [{ code: 'EUR' }] });
    bank.misbehaveOnHistory();
    bank.record(USD.id, corrected(APRIL));
    bank.historyQuestions.length = 0;
  };
  const seriesQuestions = () => bank.historyQuestions.filter((id) => id !== 'dictionary');
  const firstDollar = async () => {
    const rates = await new Rows(kurs).rates();
    return rates.find(({ code, effective_date }) => code === 'USD' && effective_date === FROM.from)
      ?.value;
  };

  it('is resumed by the same request, which reports what it does not request again', async () => {
    await leaveUnfinished();
    const report = await loadHistory(kurs, FROM);
    expect(report).toMatchObject({ added: 18, missing: [], resumed: 11 });
    expect(seriesQuestions()).toEqual([EUR.id]);
    // Once it is complete, the same request starts a new backfill.
    expect(await loadHistory(kurs, FROM)).toMatchObject({ corrected: 1, resumed: 0 });
  });

  it.each([
    ['fewer days', { from: '2026-04-01', to: '2026-04-20' }],
    ['more days', { from: '2026-03-01' }],
    ['one currency', { from: '2026-04-01', codes: ['USD'] }],
    ['the currencies by name', { from: '2026-04-01', codes: ['USD', 'EUR'] }],
  ])('hides no correction from a request for %s', async (_, request) => {
    await leaveUnfinished();
    expect(await loadHistory(kurs, request)).toMatchObject({ corrected: 1, resumed: 0 });
    expect(await firstDollar()).toBe('99.0000');
  });

  it.each([
    ['much later', '2026-04-25T15:00:01Z'],
    ['after the clock was set back', '2026-04-25T08:59:00Z'],
  ])('hides no correction from the same request %s', async (_, now) => {
    await leaveUnfinished();
    clock.set(now);
    expect(await loadHistory(kurs, FROM)).toMatchObject({ corrected: 1, resumed: 0 });
  });

  it('is not resumed after another request: it starts again', async () => {
    await leaveUnfinished();
    await loadHistory(kurs, { from: '2026-04-01', codes: ['AMD'] });
    expect(await loadHistory(kurs, FROM)).toMatchObject({ corrected: 1, resumed: 0 });
  });

  if (isRepeated(engine)) return;

  it.each([401, 403, 404, 408, 451])(
    'does not treat status %d as "unknown currency" for an ID missing from the dictionary',
    async (status) => {
      refuse(status, 'R01700');
      const { missing } = await loadHistory(kurs, FROM);
      const reason = `The bank answers with status ${status} (cbr.http_status)`;
      expect(missing).toEqual([{ code: 'TRL', cbr_id: 'R01700', reason }]);
      bank.misbehaveOnHistory();
      bank.record('R01700', [{ date: '2026-04-02', value: '22,0000', nominal: 1_000_000 }]);
      expect(await loadHistory(kurs, FROM)).toMatchObject({ added: 1, missing: [] });
    },
  );

  it('repeats a request that the bank rejected as too slow', async () => {
    let refusals = 0;
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.endsWith(EUR.id) && ++refusals === 1) response.writeHead(408).end();
    });
    expect(await loadHistory(kurs, { ...FROM, codes: ['EUR'] })).toMatchObject({ added: 18 });
    // The days of the sheets are requested at the end.
    expect(seriesQuestions()).toEqual([EUR.id, EUR.id, USD.id]);
  });

  it('is complete if the bank does not know an ID', async () => {
    bank.misbehaveOnHistory((request, response) => {
      const isUnlisted = ['R01700', 'R01020'].some((id) => request.url?.endsWith(id));
      if (isUnlisted) response.end('<ValCurs>Error in parameters</ValCurs>');
    });
    expect(await loadHistory(kurs, FROM)).toMatchObject({ missing: [] });
  });
});
