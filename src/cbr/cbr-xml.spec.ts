import { bankDocuments } from '../../test/support/bank-documents.js';
import { decodeDocument } from './cbr-text.js';
import { encode1251 } from '../../test/support/sheet-builder.js';
import { parseDailySheet } from './cbr-xml.js';

const usd =
  '<Valute ID="R01235"><NumCode>840</NumCode><CharCode>USD</CharCode><Nominal>1</Nominal><Name>Доллар США</Name><Value>75,5273</Value><VunitRate>75,5273</VunitRate></Valute>';
const sheet = (inside: string, date = '25.04.2026') =>
  `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="${date}" name="Foreign Currency Market">${inside}</ValCurs>`;
const withUsd = (from: string, to: string) => sheet(usd.replace(from, to));

describe('reading a sheet', () => {
  it('takes date, IDs, nominals, names and digits as they are', () => {
    expect(parseDailySheet(sheet(usd))).toEqual({
      effective_date: '2026-04-25',
      fixings: [
        {
          ...{ cbr_id: 'R01235', code: 'USD', num_code: '840', name: 'Доллар США' },
          ...{ nominal: 1, value: '75.5273' },
        },
      ],
    });
  });

  it.each([
    ['thousands set apart by a no-break space', '5\u00a0960,0000', '5960.0000'],
    ['no decimals', '76', '76'],
    ['trailing zeros', '75,5200', '75.5200'],
  ])('reads a value with %s', (_, printed, value) => {
    const old = usd.replace(/<VunitRate>.*<\/VunitRate>/, '').replace('75,5273', printed);
    expect(parseDailySheet(sheet(old)).fixings[0]).toMatchObject({ value });
  });

  it.each([
    ['5,39256E-05', '1000000', '53,9256'],
    ['0,84864', '100', '84,8640'],
    ['75,5273', '1', '75,5273'],
  ])('finds VunitRate %s in agreement with %s units at %s', (unitRate, nominal, value) => {
    const valute = usd
      .replace('<Nominal>1<', `<Nominal>${nominal}<`)
      .replace('<Value>75,5273<', `<Value>${value}<`)
      .replace('<VunitRate>75,5273<', `<VunitRate>${unitRate}<`);
    expect(parseDailySheet(sheet(valute)).fixings).toHaveLength(1);
  });

  const refused: [string, string, string, RegExp][] = [
    ['a web page', '<!DOCTYPE html><html></html>', 'cbr.html', /web page/],
    ['another root', '<?xml version="1.0"?><Valuta/>', 'cbr.wrong_root', /<Valuta>/],
    ['a root that begins alike', '<ValCursed></ValCursed>', 'cbr.wrong_root', /<ValCursed>/],
    ['plain text', 'Service unavailable', 'cbr.malformed', /not XML/],
    ['nothing', '', 'cbr.empty', /empty/],
    [
      'a refusal',
      '<ValCurs>\n Error in parameters\n</ValCurs>',
      'cbr.error_in_parameters',
      /Error/,
    ],
    ['no currencies', sheet(''), 'cbr.empty', /<Valute>/],
    ['an empty root', '<ValCurs Date="25.04.2026"/>', 'cbr.empty', /<Valute>/],
    ['entities', `<!DOCTYPE x [<!ENTITY a "b">]>${sheet(usd)}`, 'cbr.malformed', /DOCTYPE/],
    ['crossed tags', withUsd('</Name>', '</Nam>'), 'cbr.malformed', /well-formed/],
    ['no date', sheet(usd).replace(' Date="25.04.2026"', ''), 'cbr.unreadable_date', /Date/],
    ['31 February', sheet(usd, '31.02.2026'), 'cbr.unreadable_date', /31\.02\.2026/],
    ['no ID', withUsd(' ID="R01235"', ''), 'cbr.missing_id', /number 1/],
    ['a strange ID', withUsd('R01235', 'X01235'), 'cbr.malformed_id', /X01235/],
    ['an ID twice', sheet(usd + usd), 'cbr.duplicate_id', /R01235/],
    [
      'a code twice',
      sheet(usd + usd.replace('R01235', 'R01239')),
      'cbr.duplicate_id',
      /<Valute ID="R01239">.*USD.*twice/,
    ],
    ['no value', withUsd('<Value>75,5273</Value>', ''), 'cbr.missing_element', /R01235.*<Value>/],
    ['two values', withUsd('<Value>', '<Value>1</Value><Value>'), 'cbr.missing_element', /twice/],
    ['no name', withUsd('Доллар США', ' '), 'cbr.missing_element', /<Name>/],
    ['no letters', withUsd('Доллар США', 'a&#128;b'), 'cbr.encoding', /not text/],
    ['a bad code', withUsd('>USD<', '>U.S<'), 'cbr.malformed_id', /<CharCode>.*U\.S/],
    [
      'a word as value',
      withUsd('<Value>75,5273', '<Value>abc'),
      'cbr.unreadable_number',
      /<Value>.*abc/,
    ],
    ['a point', withUsd('<Value>75,5273', '<Value>75.5273'), 'cbr.unreadable_number', /<Value>/],
    ['a minus', withUsd('<Value>75,5273', '<Value>-75,5273'), 'cbr.unreadable_number', /<Value>/],
    ['zero', withUsd('<Value>75,5273', '<Value>0,0000'), 'cbr.unreadable_number', /<Value>/],
    ['an exponent', withUsd('<Value>75,5273', '<Value>7E1'), 'cbr.unreadable_number', /<Value>/],
    ['16 digits', withUsd('<Value>75', '<Value>123456789012'), 'cbr.unreadable_number', /<Value>/],
    ['bad groups', withUsd('<Value>75', '<Value>7\u00a05'), 'cbr.unreadable_number', /<Value>/],
    ['nominal 0', withUsd('<Nominal>1<', '<Nominal>0<'), 'cbr.unreadable_number', /<Nominal>/],
    ['nominal 20', withUsd('<Nominal>1<', '<Nominal>20<'), 'cbr.unreadable_number', /<Nominal>/],
    ['nominal 1,0', withUsd('<Nominal>1<', '<Nominal>1,0<'), 'cbr.unreadable_number', /<Nominal>/],
    ['another unit rate', withUsd('<VunitRate>75', '<VunitRate>76'), 'cbr.inconsistent', /R01235/],
    [
      'no unit rate',
      withUsd('<VunitRate>75,5273', '<VunitRate>?'),
      'cbr.unreadable_number',
      /Vunit/,
    ],
  ];

  it.each(refused)('refuses %s and says why', (_, text, code, message) => {
    expect(() => parseDailySheet(text)).toThrow(message);
    expect(() => parseDailySheet(text)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('says which currency is wrong, and how', () => {
    const second = (from: string, to: string) =>
      sheet(usd + usd.replace('R01235', 'R01239').replace(from, to));
    const wrong: [string, string][] = [
      [second('ID="R01239"', ''), '<Valute> number 2 has no ID'],
      [second('>USD<', '>U.S<'), '<CharCode> of <Valute ID="R01239"> is "U.S"'],
      [second('<Name>Доллар США</Name>', ''), '<Valute ID="R01239"> has no <Name>'],
      [second('<Value>75', '<Value>x'), '<Value> of <Valute ID="R01239"> is "x,5273"'],
      [second('R01239', 'R01235'), '<Valute ID="R01235"> occurs twice in the sheet'],
      [sheet(usd, 'today'), '<ValCurs Date="today"> is not a date'],
      [sheet('<Valute/>'), '<Valute> number 1 has no ID'],
      [`<ValCurs>${usd}</ValCurs>`, '<ValCurs Date=""> is not a date'],
    ];
    for (const [text, message] of wrong) expect(() => parseDailySheet(text)).toThrow(message);
    const unnumbered = sheet(usd.replace('<NumCode>840</NumCode>', ''));
    expect(parseDailySheet(unnumbered).fixings[0]?.num_code).toBeNull();
  });

  it('refuses a document that ends anywhere before its end', () => {
    const whole = sheet(usd + usd.replace('R01235', 'R01239'));
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseDailySheet(whole.slice(0, length))).toThrow();
    }
  });

  it('survives names that JavaScript has plans for', () => {
    const valute = usd.replace('<Name>', '<__proto__>1</__proto__><constructor/><Name>');
    expect(parseDailySheet(sheet(valute)).fixings).toHaveLength(1);
  });

  describe.each(bankDocuments)('the bank’s own sheets, $edition', (documents) => {
    it.each([
      ['2026-04-25', 54],
      ['2016-08-23', 33],
      ['2016-12-09', 33],
    ])('are read to the last digit: %s', (date, count) => {
      const bytes = documents.sheet(date);
      const { effective_date, fixings } = parseDailySheet(decodeDocument(bytes));
      expect([effective_date, fixings.length]).toEqual([date, count]);
      const printed = new TextDecoder('windows-1251').decode(bytes).match(/(?<=<Value>)[^<]*/g);
      expect(fixings.map(({ value }) => value.replace('.', ','))).toEqual(printed);
    });
  });
});

describe('decoding a document', () => {
  const declared = (encoding: string, name: string) =>
    sheet(usd.replace('Доллар США', name)).replace('windows-1251', encoding);

  const utf8 = (encoding: string, name: string) =>
    Buffer.from(declared(encoding, name)).toString('latin1');

  it('takes every name of the bank, its capitals Р and С and its ё included', () => {
    for (const name of ['СДР (специальные права заимствования)', 'Расчётный рубль', 'РСФСР №1']) {
      const bytes = encode1251(declared('windows-1251', name));
      expect(parseDailySheet(decodeDocument(bytes)).fixings[0]?.name).toBe(name);
    }
  });

  it('obeys the declaration: windows-1251, UTF-8, and UTF-8 with a byte order mark', () => {
    const windows = Buffer.from(declared('windows-1251', '?'), 'latin1');
    windows[windows.indexOf('>?<') + 1] = 0xc4;
    expect(parseDailySheet(decodeDocument(windows)).fixings[0]?.name).toBe('Д');
    for (const mark of ['', '\ufeff']) {
      const bytes = Buffer.from(mark + declared('UTF-8', 'Доллар'));
      expect(parseDailySheet(decodeDocument(bytes)).fixings[0]?.name).toBe('Доллар');
    }
  });

  it.each([
    ['bytes that the declared encoding does not have', declared('UTF-8', '\u00c4'), 'cbr.encoding'],
    ['an encoding that nobody knows', declared('x-none', 'a'), 'cbr.encoding'],
    ['UTF-16, declared or not', declared('UTF-16', 'a'), 'cbr.encoding'],
    ['UTF-16 read as UTF-8', Buffer.from(sheet(usd), 'utf16le').toString('latin1'), 'cbr.encoding'],
    ['UTF-8 that says it is windows-1251', utf8('windows-1251', 'Доллар'), 'cbr.encoding'],
    ['one sign of UTF-8 that says it is windows-1251', utf8('windows-1251', '№ 1'), 'cbr.encoding'],
    ['UTF-8 that says it is Latin-1', utf8('iso-8859-1', 'Доллар'), 'cbr.encoding'],
    ['1251 that says it is Latin-1', declared('iso-8859-1', '\u00c4\u00ee\u00eb'), 'cbr.encoding'],
    ['UTF-8 read as 1251, once more in UTF-8', utf8('UTF-8', 'Р”РѕР»Р»Р°СЂ'), 'cbr.encoding'],
    ['1251 read as Latin-1, in UTF-8', utf8('UTF-8', 'Äîëëàð'), 'cbr.encoding'],
    ['UTF-8 read as Latin-1, in UTF-8', utf8('UTF-8', 'Ð”Ð¾Ð»Ð»'), 'cbr.encoding'],
    ['lost letters', utf8('UTF-8', 'Дол\ufffdар'), 'cbr.encoding'],
    ['letters lost to question marks', utf8('UTF-8', '?????? ???'), 'cbr.encoding'],
    ['a web page in any encoding', '<!DOCTYPE html><html>\u00c4', 'cbr.html'],
  ])('refuses %s', (_, text, code) => {
    expect(() => decodeDocument(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });
});
