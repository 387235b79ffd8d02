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
  nominal: 'bare',
  carried: 'bare',
  ids: 'words',
});
const usd: Row = { code: 'USD', value: '78.5850', nominal: 1, carried: false, ids: ['R01235'] };

describe('a row of a table', () => {
  it('is the same in JSON as JSON.stringify makes it, whatever its texts hold', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', '"', '\\', '\n'),
    );
    fc.assert(
      fc.property(texts, fc.array(texts), (code, ids) => {
        const row = { ...usd, code, ids, value: null };
        expect(writer.row('json', row)).toBe(JSON.stringify(row));
        expect(writer.row('ndjson', row)).toBe(`${JSON.stringify(row)}\n`);
      }),
    );
  });

  it('is a line of CSV under a header of the same columns, quoted where it must be', () => {
    expect(writer.header('csv')).toBe('code,value,nominal,carried,ids\r\n');
    expect(writer.header('ndjson')).toBe('');
    expect(writer.row('csv', usd)).toBe('USD,78.5850,1,false,R01235\r\n');
    const quoted = { ...usd, code: 'a "b",\r\n', value: null, nominal: null, ids: ['x', 'y,z'] };
    expect(writer.row('csv', quoted)).toBe('"a ""b"",\r\n",,,false,"x y,z"\r\n');
  });

  it('has its columns in the order of their description, not of the row', () => {
    const { carried, ...others } = usd;
    expect(writer.row('json', { carried, ...others })).toBe(JSON.stringify(usd));
  });
});
