import fc from 'fast-check';
import { type Format, RowWriter } from './row-writer.js';

interface Row {
  code: string;
  value: string | null;
  nominal: number | null;
  carried: boolean;
  ids: string[];
}

const writer = new RowWriter<Row>({
  code: 'text',
  value: 'plain',
  nominal: 'plain',
  carried: 'plain',
  ids: 'words',
});
const text = (format: Format, rows: Row[]) => writer.bytes(format, rows).toString();
const usd: Row = { code: 'USD', value: '78.5850', nominal: 1, carried: false, ids: ['R01235'] };

describe('rows of a table', () => {
  it('are JSON, whatever their texts hold', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', '"', '\\', '\n'),
    );
    fc.assert(
      fc.property(texts, fc.array(texts), (code, ids) => {
        const row = { ...usd, code, ids, value: null };
        expect(text('json', [row])).toBe(JSON.stringify(row));
        expect(text('json', [row, usd])).toBe(`${JSON.stringify(row)},${JSON.stringify(usd)}`);
        expect(text('ndjson', [row, usd])).toBe(`${JSON.stringify(row)}\n${JSON.stringify(usd)}\n`);
      }),
    );
  });

  it('are lines of CSV under a header of the same columns, quoted where they must be', () => {
    expect(writer.header('csv')).toBe('code,value,nominal,carried,ids\r\n');
    expect(writer.header('ndjson')).toBe('');
    expect(text('csv', [usd])).toBe('USD,78.5850,1,false,R01235\r\n');
    const quoted = { ...usd, code: 'a "b",\r\n', value: null, nominal: null, ids: ['x', 'y,z'] };
    expect(text('csv', [quoted, usd])).toBe(
      '"a ""b"",\r\n",,,false,"x y,z"\r\nUSD,78.5850,1,false,R01235\r\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+7 495', "'+7 495"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\n', `"'\n"`],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    // Where the list separator is a semicolon, the rest is a cell of its own.
    ['Gold;=1+1', "Gold;'=1+1"],
    ['Gold; =1+1', "Gold; '=1+1"],
    ['Gold, =1+1', `"Gold, '=1+1"`],
    ['Gold;"=1+1"', `"Gold;""'=1+1"""`],
    ['1 = 1 - 0; a@b', '1 = 1 - 0; a@b'],
    ['Доллар США', 'Доллар США'],
    ["'=1", "'=1"],
  ])('have no formula in CSV where they are text: %j', (code, cell) => {
    expect(text('csv', [{ ...usd, code }])).toBe(`${cell},78.5850,1,false,R01235\r\n`);
    const words = text('csv', [{ ...usd, ids: [code] }]);
    expect(words).toBe(`USD,78.5850,1,false,${cell}\r\n`);
  });

  it('keep numbers as they are in CSV', () => {
    const row = { ...usd, value: '-78.5850', nominal: -1 };
    expect(text('csv', [row])).toBe('USD,-78.5850,-1,false,R01235\r\n');
  });

  it.each(['json', 'ndjson', 'csv'] as const)(
    'are nothing in %s where there are none',
    (format) => {
      expect(text(format, [])).toBe('');
    },
  );
});
