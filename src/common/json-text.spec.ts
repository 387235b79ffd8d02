import { parseJson, UnreadableJsonError } from './json-text.js';

const MOST_BYTES = 16 * 1024;
const parse = (text: string | Buffer) => parseJson(Buffer.from(text), MOST_BYTES);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const ofNames = (count: number) =>
  `{${Array.from({ length: count }, (_, at) => `"n${at}":1`).join(',')}}`;

describe('JSON text', () => {
  it.each([
    '{"code":"USD","value":"78.5850","nominal":1}',
    '{"a":{"b":[1,{"a":2}],"a":3},"b":{"a":"a"}}',
    '[{"a":1},{"a":1}]',
    '"a:b:{[\\"\\\\"',
    '{"a\\\\":1,"a":"\\u0061"}',
    '78.585',
    '0.30000000000000004',
    '-100000000000000000000000',
    '1.50000000000000000000',
    'null',
    ' [ ] ',
  ])('is read as a parser reads it: %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('may be nested 16 levels deep, and have 200 values', () => {
    for (const text of [nested(16), ofNames(200)]) expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('may begin with a byte order mark', () => {
    expect(parse('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['is nested deeper', nested(17)],
    ['is nested deeper', `{"a":${'{"a":'.repeat(20)}1${'}'.repeat(20)}}`],
    ['is nested deeper', '['.repeat(10_000)],
    ['has more than 200 values', ofNames(201)],
    ['has more than 200 values', `[${'{},'.repeat(5_000)}{}]`],
    ['repeats the name a', '{"a":1,"b":{"a":1},"a":2}'],
    ['repeats the name a', '{"a":1,"\\u0061":2}'],
    ['has the number 1.0000000000000001', '{"value":1.0000000000000001}'],
    ['has the number 9007199254740993', '9007199254740993'],
    ['is not UTF-8', Buffer.from([0x22, 0xc7, 0xee, 0x22])],
    ['is not UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['has 16385 bytes', ' '.repeat(MOST_BYTES + 1)],
    ['is not JSON', ''],
    ['is not JSON', '{"a":'],
    ['is not JSON', '{"a":"\\x"}'],
    ['is not JSON', '"a'],
    ['is not JSON', '{"a":1}}'],
  ])('is rejected where it %s', (reason, text) => {
    expect(() => parse(text)).toThrow(UnreadableJsonError);
    expect(() => parse(text)).toThrow(reason);
  });

  it.each([
    ['quotes', '"\\'],
    ['half strings', '"a\\"'],
    ['brackets', '[{"'],
    ['digits', '9'],
    ['backslashes', '\\'],
    ['zeros', '0'.repeat(8_000) + '1'],
    ['names', '"":'],
    ['commas', ','],
  ])('is rejected within 20 ms however its 16 KiB of %s are arranged', (_, piece) => {
    const bytes = Buffer.from(piece.repeat(Math.floor(MOST_BYTES / piece.length)));
    const milliseconds = Array.from({ length: 10 }, () => {
      const began = performance.now();
      expect(() => parse(bytes)).toThrow(UnreadableJsonError);
      return performance.now() - began;
    });
    // Others use the machine as well.
    expect(Math.min(...milliseconds)).toBeLessThan(20);
  });
});
