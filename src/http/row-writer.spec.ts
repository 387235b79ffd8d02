import fc from 'fast-check';
import { RowWriter } from './row-writer.js';

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
        expect(writer.text('json', [row])).toBe(JSON.stringify(row));
        expect(writer.text('json', [row, usd])).toBe(
          `${JSON.stringify(row)},${JSON.stringify(usd)}`,
        );
        expect(writer.text('ndjson', [row, usd])).toBe(
          `${JSON.stringify(row)}\n${JSON.stringify(usd)}\n`,
        );
      }),
    );
  });

  it('are lines of CSV under a header of the same columns, quoted where they must be', () => {
    expect(writer.header('csv')).toBe('code,value,nominal,carried,ids\r\n');
    expect(writer.header('ndjson')).toBe('');
    expect(writer.text('csv', [usd])).toBe('USD,78.5850,1,false,R01235\r\n');
    const quoted = { ...usd, code: 'a "b",\r\n', value: null, nominal: null, ids: ['x', 'y,z'] };
    expect(writer.text('csv', [quoted, usd])).toBe(
      '"a ""b"",\r\n",,,false,"x y,z"\r\nUSD,78.5850,1,false,R01235\r\n',
    );
  });

  it.each(['json', 'ndjson', 'csv'] as const)(
    'are nothing in %s where there are none',
    (format) => {
      expect(writer.text(format, [])).toBe('');
    },
  );
});
