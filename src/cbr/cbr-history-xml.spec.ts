import { bankDocuments } from '../../test/support/bank-documents.js';
import { dictionaryXml, seriesXml } from '../../test/support/sheet-builder.js';
import { toCalendarDate as day } from '../common/calendar-date.js';
import { parseDictionary } from './cbr-dictionary-xml.js';
import { parseSeries } from './cbr-series-xml.js';
import { decodeDocument } from './cbr-text.js';

const RANGE = { from: day('1997-12-01'), to: day('1998-12-31') };
const QUESTION = { cbr_id: 'R01235', range: RANGE };
const series = (points: Parameters<typeof seriesXml>[3]) =>
  seriesXml('R01235', '1997-12-01', '1998-12-31', points);

describe('the series of a currency', () => {
  it('keeps digits, nominals and thousands as printed, in the order of days', () => {
    const text = series([
      { date: '1998-01-01', value: '5,9600' },
      { date: '1997-12-30', value: '5\u00a0960,0000' },
      { date: '1998-02-03', value: '60,1000', nominal: 10 },
    ]);
    expect(parseSeries(text, QUESTION).records).toEqual([
      { cbr_id: 'R01235', effective_date: '1997-12-30', nominal: 1, value: '5960.0000' },
      { cbr_id: 'R01235', effective_date: '1998-01-01', nominal: 1, value: '5.9600' },
      { cbr_id: 'R01235', effective_date: '1998-02-03', nominal: 10, value: '60.1000' },
    ]);
  });

  it('says of each record whose it is, and may be empty', () => {
    const mixed = series([
      { date: '1998-01-06', value: '1,0000' },
      { date: '1998-01-06', value: '2,0000', id: 'R01235A' },
    ]);
    expect(parseSeries(mixed, QUESTION).records.map(({ cbr_id }) => cbr_id)).toEqual([
      ...['R01235', 'R01235A'],
    ]);
    expect(parseSeries(series([]), QUESTION)).toEqual({ range: RANGE, records: [] });
    // More than was asked for.
    const beyond = series([{ date: '1999-01-01', value: '1,0' }]);
    expect(parseSeries(beyond, QUESTION).records).toEqual([]);
  });

  it('has the first and the last day asked for, and none beyond', () => {
    const days = ['1997-11-30', '1997-12-01', '1998-12-31', '1999-01-01'];
    const text = series(days.map((date) => ({ date, value: '1,0' })));
    const { records } = parseSeries(text, QUESTION);
    expect(records.map(({ effective_date }) => effective_date)).toEqual([
      '1997-12-01',
      '1998-12-31',
    ]);
  });

  it('says which of the days asked for it is about', () => {
    const about = (from: string, to: string) =>
      parseSeries(seriesXml('R01235', from, to, []), QUESTION).range;
    expect(about('1992-07-01', '2026-04-24')).toEqual(RANGE);
    expect(about('1998-01-01', '1998-06-30')).toEqual({ from: '1998-01-01', to: '1998-06-30' });
    expect(about('1998-01-01', '2026-04-24')).toEqual({ ...RANGE, from: '1998-01-01' });
  });

  it('says whose it is, where it is not whose it should be', () => {
    const other = series([]).replace('"R01235"', '"R01239"');
    expect(() => parseSeries(other, QUESTION)).toThrow(
      'The series is of R01239, not of R01235, which was asked for',
    );
  });

  it('says which record is wrong, and how', () => {
    const one = { date: '1998-01-06', value: '1,0' };
    expect(() => parseSeries(series([one, { ...one, value: 'x' }]), QUESTION)).toThrow(
      /<Value> of <Record Date="06\.01\.1998" Id="R01235"> is "x"/,
    );
    expect(() => parseSeries(series([one, one]), QUESTION)).toThrow(
      '<Record Date="1998-01-06" Id="R01235"> occurs twice in the series',
    );
    const second = series([one, { ...one, date: '1998-01-07', id: '' }]);
    expect(() => parseSeries(second, QUESTION)).toThrow('<Record> number 2 has no ID');
    const undated = series([one]).replace('Date="06.01.1998"', '');
    expect(() => parseSeries(undated, QUESTION)).toThrow('<Record Date=""> is not a date');
    const bare = series([]).replace('</ValCurs>', '<Record/></ValCurs>');
    expect(() => parseSeries(bare, QUESTION)).toThrow(
      expect.objectContaining({ code: 'cbr.unreadable_date' }) as Error,
    );
  });

  it.each([
    ['cbr.unreadable_date', series([{ date: '1998-02-30', value: '1,0' }])],
    ['cbr.unreadable_number', series([{ date: '1998-01-06', value: '1.0' }])],
    ['cbr.unreadable_number', series([{ date: '1998-01-06', value: '1,0', nominal: 3 }])],
    ['cbr.malformed_id', series([{ date: '1998-01-06', value: '1,0', id: 'USD' }])],
    ['cbr.missing_id', series([{ date: '1998-01-06', value: '1,0' }]).replace(/ Id="\w+"/, '')],
    [
      'cbr.duplicate_id',
      series([
        { date: '1998-01-06', value: '1,0' },
        { date: '1998-01-06', value: '2,0' },
      ]),
    ],
    [
      'cbr.missing_element',
      series([{ date: '1998-01-06', value: '1,0' }]).replace(/<Nominal>1<\/Nominal>/, ''),
    ],
    ['cbr.missing_id', series([]).replace(/ ID="\w+"/, '')],
    ['cbr.malformed_id', series([]).replace('"R01235"', '"USD"')],
    ['cbr.wrong_root', series([]).replace('"R01235"', '"R01239"')],
    ['cbr.unreadable_date', series([]).replace(/ DateRange1="[\d.]+"/, '')],
    ['cbr.unreadable_date', series([]).replace(/ DateRange2="[\d.]+"/, '')],
    ['cbr.error_in_parameters', '<ValCurs>Error in parameters</ValCurs>'],
    ['cbr.wrong_root', '<Valuta></Valuta>'],
    ['cbr.truncated', series([{ date: '1998-01-06', value: '1,0' }]).slice(0, -5)],
  ])('refuses a bad one with %s', (code, text) => {
    expect(() => parseSeries(text, QUESTION)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('the dictionary', () => {
  const items = [
    {
      id: 'R01010',
      num: '36',
      code: 'AUD',
      name: 'Австралийский доллар',
      nameEn: 'Australian Dollar',
    },
    {
      id: 'R01436',
      parent: 'R01435',
      num: '',
      code: '',
      name: 'Литовский талон',
      nameEn: 'Lithuanian talon',
    },
  ];

  it('gives numbers their zeros back, strips parents, and names a currency without code by its ID', () => {
    expect(parseDictionary(dictionaryXml(items))).toEqual([
      {
        ...{ cbr_id: 'R01010', parent_id: 'R01010', code: 'AUD', num_code: '036' },
        ...{ name: 'Австралийский доллар', name_en: 'Australian Dollar' },
      },
      {
        ...{ cbr_id: 'R01436', parent_id: 'R01435', code: 'R01436', num_code: null },
        ...{ name: 'Литовский талон', name_en: 'Lithuanian talon' },
      },
    ]);
  });

  it('takes a code or parent that is left out for one that is empty', () => {
    const text = dictionaryXml(items)
      .replace(/<ParentCode>R01010\s*<\/ParentCode>/, '')
      .replace('<ISO_Char_Code></ISO_Char_Code>', '')
      .replace('<ISO_Num_Code></ISO_Num_Code>', '');
    expect(parseDictionary(text)).toEqual(parseDictionary(dictionaryXml(items)));
  });

  /** The items, with something in them replaced, and what is said of it. */
  const read = (from: string, to: string) => {
    const text = dictionaryXml(items);
    expect(text).toContain(from);
    const complaints: string[] = [];
    const entries = parseDictionary(text.replace(from, to), (error) =>
      complaints.push(error.message),
    );
    return { entries, complaints };
  };

  it.each([
    ['<EngName>Lithuanian talon</EngName>', '', { name_en: null }, 'has no <EngName>'],
    ['<Name>Литовский талон</Name>', '', { name: null }, 'has no <Name>'],
    [
      '<EngName>Lithuanian talon<',
      '<EngName>&#xE000;<',
      { name_en: null },
      'characters that are not text',
    ],
    ['R01435 ', 'R0143 ', { parent_id: 'R01436' }, '<ParentCode>: "R0143" is not an ID'],
    ['<ISO_Char_Code></', '<ISO_Char_Code>A.D</', { code: 'R01436' }, 'not a letter code'],
  ])('keeps an item for what it has: %s becomes "%s"', (from, to, left, complaint) => {
    const whole = parseDictionary(dictionaryXml(items));
    const { entries, complaints } = read(from, to);
    expect(entries).toEqual([whole[0], { ...whole[1], ...left }]);
    expect(complaints).toEqual([expect.stringContaining(complaint)]);
  });

  it('leaves out an item that nothing can be known by, and says which', () => {
    const whole = parseDictionary(dictionaryXml(items));
    const { entries, complaints } = read(' ID="R01436"', '');
    expect([entries, complaints]).toEqual([[whole[0]], ['<Item> number 2 has no ID']]);
    const twice: string[] = [];
    const text = dictionaryXml([...items, ...items]);
    expect(parseDictionary(text, ({ message }) => twice.push(message))).toEqual(whole);
    expect(twice).toHaveLength(2);
    expect(twice[0]).toBe('<Item ID="R01010"> occurs twice in the dictionary');
  });

  it('is none without a single item that can be used', () => {
    expect(() => parseDictionary(dictionaryXml([]))).toThrow('has no <Item>');
    expect(() => parseDictionary('<Valuta><Item/></Valuta>')).toThrow('number 1 has no ID');
  });

  it.each([
    ['cbr.empty', dictionaryXml([])],
    ['cbr.wrong_root', series([])],
    ['cbr.error_in_parameters', '<ValCurs>Error in parameters</ValCurs>'],
  ])('refuses a bad one with %s', (code, text) => {
    expect(() => parseDictionary(text)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe.each(bankDocuments)('the bank’s own history, $edition', (documents) => {
  it('is read to the last digit: 54 series, and a dictionary of 83', () => {
    expect(documents.seriesIds).toHaveLength(54);
    const range = { from: day('2026-03-01'), to: day('2026-03-05') };
    for (const cbr_id of documents.seriesIds) {
      const text = decodeDocument(documents.series(cbr_id));
      const printed = [...text.matchAll(/<Value>([^<]*)</g)].map(([, value]) => value);
      const { records: read, ...answered } = parseSeries(text, { cbr_id, range });
      expect(answered).toEqual({ range });
      expect(read.map(({ value }) => value.replace('.', ','))).toEqual(printed);
      expect(read.every((record) => record.cbr_id === cbr_id)).toBe(true);
    }
    const dictionary = parseDictionary(decodeDocument(documents.dictionary()));
    expect(dictionary).toHaveLength(83);
    expect(dictionary.filter(({ code }) => code === 'DEM').map(({ cbr_id }) => cbr_id)).toEqual([
      'R01510',
      'R01510A',
    ]);
    expect(dictionary.filter(({ code, cbr_id }) => code === cbr_id)).toHaveLength(2);
  });
});
