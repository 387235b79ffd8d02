import { createHash } from 'node:crypto';
import { BankDictionary } from '../../src/rates/reading/bank-dictionary.js';
import { DictionaryReader } from '../../src/mirrors/answers/dictionary-items.js';
import { loadHistory } from '../support/command-load.js';
import { databases, isRepeated } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { execute } from '../support/execute.js';
import { DICTIONARY } from '../support/history.js';
import { Rows } from '../support/rows.js';
import { dictionaryXml, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (items: typeof DICTIONARY) => encode1251(dictionaryXml(items));

describe.each(databases)("the bank's dictionary on $engine", ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    starts: false,
  });
  const { bank, kurs, clock } = fixture;

  const stored = async () =>
    (await new Rows(kurs).documents()).filter(({ kind }) => kind === 'dictionary');
  const asked = () => bank.historyQuestions.filter((id) => id === 'dictionary').length;
  const learned = () => eventually('it is stored', async () => (await stored()).length > 0);

  it('is stored byte for byte after a successful run, and read with every field as printed', async () => {
    bank.list(DICTIONARY);
    await fixture.start();
    await learned();
    const [row] = await stored();
    expect(row).toMatchObject({ date: '2026-04-25', to_date: null, cbr_id: null });
    expect(await kurs.get(BankDictionary).bytes()).toEqual(bytesOf(DICTIONARY));
    expect(kurs.get(BankDictionary).document.sha256).toBe(sha256(bytesOf(DICTIONARY)));
    const items = await kurs.get(DictionaryReader).items();
    expect([...items.keys()]).toEqual(DICTIONARY.map(({ id }) => id));
    expect(items.get('R01436')).toEqual({
      ...{ id: 'R01436', parent: 'R01435', nominal: '1', num_code: '', code: '' },
      ...{ name: 'Литовский талон', name_en: 'Lithuanian talon' },
    });
    expect(items.get('R01060')?.num_code).toBe('51');
  });

  it('is not loaded while the row that memory names is gone', async () => {
    bank.list(DICTIONARY);
    await fixture.start();
    await learned();
    await execute(fixture.database.url, "DELETE FROM documents WHERE kind = 'dictionary'");
    await expect(kurs.get(BankDictionary).bytes()).rejects.toMatchObject({
      ...{ code: 'rates.sheet_not_loaded', status: 503 },
    });
  });

  it('is fetched again when it is older than a month; the same bytes are stored once', async () => {
    bank.list(DICTIONARY);
    await fixture.start();
    await learned();
    clock.set('2026-05-26T09:00:00Z');
    await fixture.run();
    clock.set('2026-05-27T09:00:00Z');
    bank.historyQuestions.length = 0;
    await fixture.run();
    const dates = async () => (await stored()).map(({ date }) => date);
    await eventually('its day is noted', async () => (await dates())[0] === '2026-05-27');
    expect(asked()).toBe(1);
    expect(await stored()).toHaveLength(1);
    expect(kurs.get(BankDictionary).document.date).toBe('2026-05-27');
  });

  it('of other bytes is stored beside the older one, and takes its place; so are bytes that return', async () => {
    bank.list(DICTIONARY);
    await fixture.start();
    await learned();
    for (const items of [DICTIONARY.slice(0, 3), DICTIONARY, DICTIONARY.slice(0, 4), DICTIONARY]) {
      bank.list(items);
      await loadHistory(kurs, { from: '2026-04-20' });
      expect(await kurs.get(BankDictionary).bytes()).toEqual(bytesOf(items));
    }
    // Restarted, the service reads the same.
    await fixture.start();
    expect(await kurs.get(BankDictionary).bytes()).toEqual(bytesOf(DICTIONARY));
  });

  if (isRepeated(engine)) return;

  it('is not loaded where the bank has given none, and is asked for after the next run', async () => {
    await fixture.start();
    await eventually('it was asked for', () => asked() > 0);
    await expect(kurs.get(BankDictionary).bytes()).rejects.toMatchObject({
      ...{ code: 'rates.sheet_not_loaded', status: 503 },
    });
    bank.list(DICTIONARY);
    await fixture.run();
    await learned();
  });

  it('is fetched once by a service that knows every name and has none', async () => {
    bank.list(DICTIONARY);
    await fixture.start();
    await learned();
    await kurs.stop();
    await execute(fixture.database.url, "DELETE FROM documents WHERE kind = 'dictionary'");
    await fixture.start();
    await fixture.run();
    await learned();
    const before = asked();
    await fixture.run();
    await fixture.run();
    expect(asked()).toBe(before);
  });
});
