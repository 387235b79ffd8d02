import { SheetVerification } from '../../src/tasks/sheet-verification.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import type { FakeBank } from '../support/fake-bank.js';
import type { RunningKurs } from '../support/kurs.js';
import { OLD_DICTIONARY, openOldBank } from '../support/old-bank.js';
import { Rows } from '../support/rows.js';
import type { DictionaryItem } from '../support/sheet-builder.js';
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
      .map(({ kind, date, to_date, cbr_id, sha256 }) =>
        [kind, date, to_date, cbr_id, sha256].join(' '),
      )
      .sort(),
  };
}

describe.each(
  databases.flatMap(({ engine }) => [
    { engine, by: 'series', load: loadHistory, from: '1992-07-01', prepare: recordDoubles },
  ]),
)('a Kurs that reads another one, by $by on $engine', ({ engine, load, from, prepare }) => {
  const first = withKurs({
    engine,
    clock: CLOCK,
    once: true,
    prepare: ({ bank }) => {
      openBank(bank);
      prepare(bank);
    },
  });
  const second = withKurs({ engine, clock: CLOCK, once: true, starts: false });

  beforeAll(async () => {
    expect(await load(first.kurs, { from })).toMatchObject({ missing: [] });
    await second.start({ CBR_BASE_URL: first.kurs.url });
  });

  it('ends with the same fixings, digits, nominals, dates and dictionary', async () => {
    expect(await load(second.kurs, { from })).toMatchObject({ missing: [] });
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
    // The marks of 1993 are in a series alone: the first Kurs builds a sheet of them, and the second stores it.
    expect(sheets(other.documents).filter((each) => !each.startsWith('daily 1993'))).toEqual(
      sheets(one.documents),
    );
  }, 100_000);
});
