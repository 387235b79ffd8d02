import { bankDocuments } from '../support/bank-documents.js';
import { eventually } from '../support/eventually.js';
import { encode1251, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const SATURDAY = sheetXml('25.04.2026', [USD, EUR, JPY, IRR]);

describe('the English documents of cbr-xml-daily.ru', () => {
  const { kurs } = withKurs({
    sheets: [SATURDAY],
    clock: '2026-04-25T09:00:00Z',
    once: true,
    prepare: ({ bank }) =>
      bank.list([
        { id: 'R01235', num: '840', code: 'USD', name: 'Доллар США', nameEn: 'US Dollar' },
        { id: 'R01239', num: '978', code: 'EUR', name: 'Евро', nameEn: 'Euro &amp; Co' },
        { id: 'R01820', num: '392', code: 'JPY', name: 'Иена', nameEn: 'Japanese Yen' },
        { id: 'R01300', num: '364', code: 'IRR', name: 'Риал', nameEn: 'Iranian Rial' },
      ]),
  });

  it('are the sheet with the names of the dictionary', async () => {
    // The dictionary is read behind the first fetch.
    const isReady = async () => (await fetch(`${kurs.url}/daily_eng.xml`)).ok;
    await eventually('the dictionary is loaded', isReady);
    const answer = await fetch(`${kurs.url}/daily_eng.xml`);
    expect(answer.headers.get('kurs-built')).toBe('true');
    const expected = SATURDAY.replace('Доллар США', 'US Dollar')
      .replace('Евро', 'Euro &amp; Co')
      .replace('Иен<', 'Japanese Yen<')
      .replace('Иранских риалов', 'Iranian Rial');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(encode1251(expected));
    const utf8 = await fetch(`${kurs.url}/daily_eng_utf8.xml`);
    expect(await utf8.text()).toBe(expected.replace('windows-1251', 'UTF-8'));
  });
});

describe.each(bankDocuments)('the sheet of 2026-04-25, $edition', ({ sheet }) => {
  const { kurs } = withKurs({
    sheets: [sheet('2026-04-25')],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });

  it('is built from its figures as the bank printed it', async () => {
    const own = Buffer.from(await (await fetch(`${kurs.url}/daily.xml`)).arrayBuffer());
    expect(own).toEqual(sheet('2026-04-25'));
    const { OfficialSheets } = await import('../../src/rates/reading/index.js');
    const { builtSheet } = await import('../../src/mirrors/answers/index.js');
    const built = builtSheet(kurs.get(OfficialSheets).newest());
    expect(encode1251(built)).toEqual(own);
  });
});
