import {
  childrenOf,
  optionalText,
  readCode,
  readDate,
  readId,
  readName,
  readNumCode,
  readQuotation,
  requiredText,
} from './cbr-document.js';
import type { XmlElement } from './cbr-root.js';

const OWNER = '<Valute ID="R01235">';
/** An element with children of one text each. */
const element = (texts: Record<string, string>): XmlElement =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, [{ _: text }]]));
const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('a date', () => {
  it('has points or strokes', () => {
    expect(readDate('25.04.2026', '<ValCurs Date=')).toBe('2026-04-25');
    expect(readDate('25/04/2026', '<ValCurs Date=')).toBe('2026-04-25');
  });

  it.each([
    ...['', '2026-04-25', '25-04-2026', '5.04.2026', '25.4.2026', '25.04.26', '31.02.2026'],
    ...['125.04.2026', '25.04.20260', 'x25.04.2026', '25.04.2026x', 'dd.mm.yyyy', '25.04.yyyy'],
  ])('is not %j', (text) => {
    const message = `<ValCurs Date="${text}"> is not a date dd.mm.yyyy`;
    expect(() => readDate(text, '<ValCurs Date=')).toThrow(
      expect.objectContaining({ code: 'cbr.unreadable_date', message }) as Error,
    );
  });

  it('that is missing is shown as empty', () => {
    expect(() => readDate(undefined, '<ValCurs Date=')).toThrow(/^<ValCurs Date=""> is not/);
  });
});

describe('an ID', () => {
  it.each(['R01235', 'R01510A'])('may be %s', (id) => {
    expect(readId(id, OWNER)).toBe(id);
  });

  it.each([
    ...['R0123', 'R012355', 'R01235AB', 'R01235a', 'R01235-', 'r01235', 'xR01235', 'R01235Ax'],
    ...['Rabcde', 'USD', '01235'],
  ])('is not %s', (id) => {
    const message = `${OWNER}: "${id}" is not an ID such as R01235`;
    expect(() => readId(id, OWNER)).toThrow(
      expect.objectContaining({ code: 'cbr.malformed_id', message }) as Error,
    );
  });

  it('that is missing or empty is told from a bad one', () => {
    for (const id of [undefined, '']) {
      expect(() => readId(id, OWNER)).toThrow(failure('cbr.missing_id', /R01235.* has no ID/));
    }
  });
});

describe('a code', () => {
  it.each(['USD', 'X1', 'ABCDEFGHIJ12'])('may be %s', (code) => {
    expect(readCode(element({ CharCode: code }), 'CharCode', OWNER)).toBe(code);
  });

  it.each(['U', 'usd', '1SD', 'US.D', 'USd', 'xUSD', 'USD*', 'ABCDEFGHIJ123'])(
    'is not %s',
    (code) => {
      expect(() => readCode(element({ CharCode: code }), 'CharCode', OWNER)).toThrow(
        failure('cbr.malformed_id', /<CharCode> of .*R01235.* is ".*", not a letter code/),
      );
    },
  );

  it.each([
    ['840', '840'],
    ['36', '036'],
    ['8', '008'],
    ['', null],
    ['8400', null],
    ['x84', null],
    ['84x', null],
    ['USD', null],
  ])('in numbers, %j, is %j', (text, code) => {
    expect(readNumCode(element({ NumCode: text }), 'NumCode', OWNER)).toBe(code);
    expect(readNumCode({}, 'NumCode', OWNER)).toBeNull();
  });
});

describe('a name', () => {
  const read = (text: string) => readName(element({ Name: text }), 'Name', OWNER);

  it('is one line, its spaces drawn together', () => {
    expect(read(' Доллар \n\t США ')).toBe('Доллар США');
    expect(read('№ 1, “é” 😀')).toBe('№ 1, “é” 😀');
  });

  it('has 200 characters at most, and a longer one is shown by its beginning', () => {
    expect(read('я'.repeat(200))).toHaveLength(200);
    expect(() => read('я'.repeat(201))).toThrow(
      failure('cbr.missing_element', /^<Name> of .* is "я{40}…", not a name$/),
    );
  });

  it.each(['\u0007', '\u0085', '\ud800', '\ue000', '\u0378', '\uffff', '\ufffd'])(
    'has no %j',
    (character) => {
      expect(() => read(`a${character}b`)).toThrow(
        failure('cbr.encoding', /<Name> of .*R01235.* not text/),
      );
    },
  );
});

describe('nominal and value', () => {
  const read = (Nominal: string, Value: string, unitRate: { VunitRate?: string } = {}) =>
    readQuotation(element({ Nominal, Value, ...unitRate }), OWNER);

  it.each([
    ['1', 1],
    ['100', 100],
    ['1000000000', 1_000_000_000],
    ['01', 1],
  ])('are read: %s units', (text, nominal) => {
    expect(read(text, '75,5000')).toEqual({ nominal, value: '75.5000' });
  });

  it.each(['0', '20', '1,0', '1x', 'x1', '-1', '10000000000', '00000000001', '1e3'])(
    'are not for %s units',
    (nominal) => {
      expect(() => read(nominal, '75,5')).toThrow(
        failure(
          'cbr.unreadable_number',
          /^<Nominal> of <Valute ID="R01235"> is "[^"]+", not a power of ten$/,
        ),
      );
    },
  );

  it('say which figure is wrong, and what it should be', () => {
    expect(() => read('1', 'abc')).toThrow(
      failure(
        'cbr.unreadable_number',
        /^<Value> of <Valute ID="R01235"> is "abc", not a positive decimal of at most 15 digits$/,
      ),
    );
    expect(() => read('1', '75,5', { VunitRate: '?' })).toThrow(
      failure('cbr.unreadable_number', /^<VunitRate> of .* is "\?", not a decimal$/),
    );
    expect(() => read('10', '75,5', { VunitRate: '75,5' })).toThrow(
      failure(
        'cbr.inconsistent',
        /^<VunitRate> of .* is "75,5", not <Value> 75,5 for <Nominal> 10$/,
      ),
    );
    expect(read('10', '75,5', { VunitRate: '7,55' })).toEqual({ nominal: 10, value: '75.5' });
    expect(() => readQuotation(element({ Value: '1' }), OWNER)).toThrow(/has no <Nominal>/);
    expect(() => readQuotation(element({ Nominal: '1' }), OWNER)).toThrow(/has no <Value>/);
  });
});

describe('the text of an element', () => {
  it('is trimmed, empty where it has none, and absent with its element', () => {
    expect(optionalText(element({ Name: ' a ' }), 'Name', OWNER)).toBe('a');
    expect(optionalText({ Name: [{}] }, 'Name', OWNER)).toBe('');
    expect(optionalText({}, 'Name', OWNER)).toBeUndefined();
  });

  it('that is required is there', () => {
    expect(requiredText(element({ Name: 'a' }), 'Name', OWNER)).toBe('a');
    for (const without of [{}, element({ Name: ' ' })]) {
      expect(() => requiredText(without, 'Name', OWNER)).toThrow(
        failure('cbr.missing_element', /^<Valute ID="R01235"> has no <Name>$/),
      );
    }
  });

  it('stands there once', () => {
    expect(() => optionalText({ Name: [{ _: 'a' }, { _: 'a' }] }, 'Name', OWNER)).toThrow(
      failure('cbr.missing_element', /has <Name> twice$/),
    );
  });

  it('is an element’s own, and no attribute’s', () => {
    expect(childrenOf({}, 'constructor')).toEqual([]);
    expect(childrenOf({ _: 'text' }, '_')).toEqual([]);
    expect(childrenOf({ Name: [{ _: 'a' }] }, 'Name')).toEqual([{ _: 'a' }]);
  });
});
