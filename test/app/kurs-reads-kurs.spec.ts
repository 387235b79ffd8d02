import { SheetVerification } from '../../src/tasks/sheet-verification.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import type { FakeBank } from '../support/fake-bank.js';
import type { RunningKurs } from '../support/kurs.js';
import { OLD_DICTIONARY, openOldBank } from '../support/old-bank.js';
import { getJson } from '../support/json.js';
import { DICTIONARY } from '../support/history.js';
import { Rows } from '../support/rows.js';
import { type DictionaryItem, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const CLOCK = '2026-04-25T09:00:00Z';

/** Two IDs of one letter code, one of them a child of the other; without sheets of their own. */
const DOUBLE: DictionaryItem[] = [
  { id: 'R01510A', parent: 'R01510', num: '280', code: 'DEM', name: 'Марка', nameEn: 'Mark' },
  { id: 'R01580', num: '682', code: 'SAR', name: 'Риял', nameEn: 'Riyal' },
  { id: 'R01580A', parent: 'R01580', num: '682', code: 'SAR', name: 'Риял', nameEn: 'Riyal' },
];

function openBank(bank: FakeBank): void {
  openOldBank(bank);
  bank.list([...OLD_DICTIONARY, ...DOUBLE]);
}

/** Old marks and riyals, as series have them. */
function recordDoubles(bank: FakeBank): void {
  const old = { date: '1993-03-02', value: '1\u00a0401,2500', unitRate: '1401,25' };
  bank.record('R01510A', [old]);
  bank.record('R01580A', [{ date: '2005-01-12', value: '7,4600', unitRate: '7,46' }]);
  bank.record('R01580', [{ date: '2005-01-13', value: '74,6100', nominal: 10, unitRate: '7,461' }]);
}

/** Days that the first Kurs loads as series, and so builds sheets of. */
const [FIRST, SECOND] = ['2026-04-21', '2026-04-22'] as const;
const BUILT: readonly string[] = [FIRST, SECOND];
const NEWEST = '2026-04-25';

/** Of the first day, the bank's own sheet is what a Kurs builds; of the second, it has another order. */
function publishApril(bank: FakeBank): void {
  bank.list(DICTIONARY.filter(({ code }) => code === 'USD' || code === 'EUR'));
  bank.publish(sheetXml('21.04.2026', [USD, EUR]));
  bank.publish(sheetXml('22.04.2026', [EUR, USD]));
  bank.publish(sheetXml('25.04.2026', [USD, EUR]));
  for (const { id, value } of [USD, EUR]) {
    const points = [...BUILT, NEWEST].map((date) => ({ date, value }));
    bank.record(id, points);
  }
}

/** The sheet in force on a day, and whether the service says that it built it. */
async function xmlDaily(kurs: RunningKurs, date: string) {
  const asked = date.split('-').reverse().join('/');
  const answer = await fetch(`${kurs.url}/scripts/XML_daily.asp?date_req=${asked}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { text: bytes.toString('latin1'), mark: answer.headers.get('kurs-built') };
}

/** What is stored, in an order of its own. */
async function stored(kurs: RunningKurs) {
  const rows = new Rows(kurs);
  const rates = await rows.rates();
  const documents = await rows.documents();
  return {
    rates: rates
      .map(({ cbr_id, code, effective_date, nominal, value }) =>
        [cbr_id, code, effective_date, nominal, value].join(' '),
      )
      .sort(),
    documents: documents
      .map(({ kind, date, to_date, cbr_id, sha256, is_built }) =>
        [kind, date, to_date, cbr_id, sha256, ...(is_built ? ['built'] : [])].join(' '),
      )
      .sort(),
  };
}

const isBuilt = (document: string) => document.endsWith(' built');

/** Documents travel over HTTP, so no engine changes them; what is stored of them is below, on both. */
describe('a Kurs that reads another one', () => {
  const from = '1992-07-01';
  const first = withKurs({
    clock: CLOCK,
    once: true,
    prepare: ({ bank }) => {
      openBank(bank);
      recordDoubles(bank);
    },
  });
  const second = withKurs({ clock: CLOCK, once: true, starts: false });

  beforeAll(async () => {
    expect(await loadHistory(first.kurs, { from })).toMatchObject({ missing: [] });
    await second.start({ CBR_BASE_URL: first.kurs.url });
  });

  it('ends with the same fixings, digits, nominals, dates and dictionary', async () => {
    expect(await loadHistory(second.kurs, { from })).toMatchObject({ missing: [] });
    const [one, other] = [await stored(first.kurs), await stored(second.kurs)];
    expect(one.rates.length).toBeGreaterThan(1_000);
    expect(other.rates).toEqual(one.rates);
    const dictionary = (documents: string[]) =>
      documents.filter((each) => each.startsWith('dictionary'));
    expect(dictionary(other.documents)).toEqual(dictionary(one.documents));
  }, 40_000);

  it('finds no difference when it verifies', async () => {
    const verification = second.kurs.get(SheetVerification);
    const { days } = verification;
    if (!days) throw new Error('Nothing is stored');
    const differences: string[] = [];
    for await (const sheet of verification.run(days, new AbortController().signal)) {
      differences.push(...sheet.differences);
    }
    expect(differences).toEqual([]);
  });

  it('has the same documents of sheets, byte for byte, after the sheets are loaded as well', async () => {
    expect(await loadSheets(first.kurs, { from })).toMatchObject({ missing: [] });
    expect(await loadSheets(second.kurs, { from })).toMatchObject({ missing: [] });
    const [one, other] = [await stored(first.kurs), await stored(second.kurs)];
    expect(other.rates).toEqual(one.rates);
    const sheets = (documents: string[]) => documents.filter((each) => each.startsWith('daily'));
    expect(sheets(one.documents).length).toBeGreaterThan(20);
    // The marks of 1993 are in a series alone: the first Kurs builds a sheet of them.
    expect(sheets(one.documents).filter(isBuilt)).toEqual([]);
    expect(sheets(other.documents).filter((each) => !isBuilt(each))).toEqual(sheets(one.documents));
    expect(sheets(other.documents).filter(isBuilt)).toEqual([
      expect.stringMatching(/^daily 1993-03-02 /),
    ]);
  }, 100_000);
});

describe.each(databases)('a sheet that a Kurs built, on $engine', ({ engine }) => {
  const settings = { CBR_RETRY_PAUSE_MS: '1' };
  const first = withKurs({
    ...{ engine, settings, clock: CLOCK, once: true },
    prepare: ({ bank }) => publishApril(bank),
  });
  const second = withKurs({ engine, settings, clock: CLOCK, once: true, starts: false });
  const third = withKurs({ engine, settings, clock: CLOCK, once: true, starts: false });

  beforeAll(async () => {
    // A series is asked from some days before, to find what is in force on the first day.
    expect(await loadHistory(first.kurs, { from: '2026-03-01' })).toMatchObject({ missing: [] });
    await second.start({ CBR_BASE_URL: first.kurs.url });
    expect(await loadSheets(second.kurs, { from: FIRST })).toMatchObject({ missing: [] });
    await third.start({ CBR_BASE_URL: second.kurs.url });
    expect(await loadSheets(third.kurs, { from: FIRST })).toMatchObject({ missing: [] });
  });

  it('is stored with its mark by another, and served with it, the same bytes from one to the next', async () => {
    for (const date of BUILT) {
      const served = await Promise.all(
        [first, second, third].map(({ kurs }) => xmlDaily(kurs, date)),
      );
      expect(served.map(({ mark }) => mark)).toEqual(['true', 'true', 'true']);
      expect(new Set(served.map(({ text }) => text)).size).toBe(1);
    }
    const [one, other, last] = await Promise.all(
      [first, second, third].map((each) => stored(each.kurs)),
    );
    expect(other?.rates).toEqual(one?.rates);
    expect(last?.rates).toEqual(one?.rates);
    const built = other?.documents.filter((each) => each.startsWith('daily') && isBuilt(each));
    expect(built?.map((each) => each.slice(6, 16))).toEqual(BUILT);
  });

  it('is no document of the bank under /v1 either', async () => {
    const date = FIRST;
    const sheet = await getJson<{ documents: object[] }>(`${second.kurs.url}/v1/sheets/${date}`);
    expect(sheet.documents).toMatchObject([{ kind: 'daily', built: true }]);
    const xml = await fetch(`${second.kurs.url}/v1/sheets/${date}.xml`);
    expect(xml.headers.get('kurs-built')).toBe('true');
    const ofBank = await fetch(`${second.kurs.url}/v1/sheets/${NEWEST}.xml`);
    expect(ofBank.headers.get('kurs-built')).toBeNull();
  });

  it('marks the documents of series, which a Kurs always builds', async () => {
    expect(await loadHistory(second.kurs, { from: FIRST })).toMatchObject({ missing: [] });
    const { documents } = await stored(second.kurs);
    const series = documents.filter((each) => each.startsWith('dynamic'));
    expect(series.length).toBeGreaterThan(0);
    expect(series.filter((each) => !isBuilt(each))).toEqual([]);
  });

  it("gives way to the bank's own, whether its bytes differ or are the same", async () => {
    expect(await loadSheets(first.kurs, { from: FIRST })).toMatchObject({ missing: [] });
    expect(await loadSheets(second.kurs, { from: FIRST })).toMatchObject({ missing: [] });
    for (const date of BUILT) {
      const [one, other] = await Promise.all(
        [first, second].map(({ kurs }) => xmlDaily(kurs, date)),
      );
      expect([date, other]).toEqual([date, { ...one, mark: null }]);
      const xml = await fetch(`${second.kurs.url}/v1/sheets/${date}.xml`);
      expect(xml.headers.get('kurs-built')).toBeNull();
      expect(Buffer.from(await xml.arrayBuffer()).toString('latin1')).toBe(one?.text);
    }
  });
});
