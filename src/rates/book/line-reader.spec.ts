import { LineReader } from './line-reader.js';

function reading(line: string): LineReader {
  const reader = new LineReader();
  reader.begin(Buffer.from(line));
  return reader;
}

it.each([
  ['84.3830 ', { digits: 843_830, places: 4 }],
  ['0.5 ', { digits: 5, places: 1 }],
  ['100 ', { digits: 100, places: 0 }],
  ['123456789012345 ', { digits: 123_456_789_012_345, places: 0 }],
  ['0.00000000000001 ', { digits: 1, places: 14 }],
])('reads the price %s', (line, expected) => {
  const reader = reading(line);
  reader.decimal();
  expect(reader).toMatchObject(expected);
});

it.each(['1e5 ', '-1 ', '1. ', '.5 ', '01 ', '1.2.3 ', ' ', '90071992547409931 '])(
  'rejects the price "%s"',
  (line) => {
    expect(() => reading(line).decimal()).toThrow(RangeError);
  },
);

it.each([
  ["'' ", ''],
  ["'Доллар США' ", 'Доллар США'],
  ["'one\n1 1 two' ", 'one\n1 1 two'],
  ["'it''s' ", "it''s"],
  ["'''' ", "''"],
  ["'''a'''\n", "''a''"],
])('finds the end of the text %j', (line, text) => {
  const reader = reading(line);
  expect(reader.bytes.toString('utf8', 1, reader.quoted())).toBe(text);
  expect(reader.isAtEnd).toBe(true);
});

it('rejects malformed integers, texts and line ends', () => {
  expect(() => reading('1.5 ').whole()).toThrow(RangeError);
  expect(() => reading('15').whole()).toThrow(RangeError);
  // A cell without a value.
  expect(() => reading(' ').whole()).toThrow(RangeError);
  // Columns would keep another one.
  expect(() => reading('5000000000 ').whole()).toThrow(RangeError);
  expect(() => reading('NULL ').quoted()).toThrow(RangeError);
  expect(() => reading("'open ").quoted()).toThrow(RangeError);
  const reader = reading('15 16\n');
  reader.whole();
  expect(() => reader.endOfLine()).toThrow(RangeError);
});
