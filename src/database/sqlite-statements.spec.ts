import fc from 'fast-check';
import { SqliteStatements } from './sqlite-statements.js';
import { Sqlite } from './sqlite.js';

describe('SQLite statements', () => {
  let statements: SqliteStatements;

  beforeEach(() => {
    const connection = new Sqlite(':memory:');
    connection.exec('CREATE TABLE facts (id INTEGER PRIMARY KEY, text TEXT, number INTEGER)');
    statements = new SqliteStatements(connection);
  });

  afterEach(() => {
    statements.connection.close();
  });

  const cellsOf = (texts: readonly (string | null)[]) => {
    const insert = statements.connection.prepare('INSERT INTO facts (text, number) VALUES (?, ?)');
    statements.connection.exec('DELETE FROM facts');
    texts.forEach((text, index) => insert.run(text, index));
    return statements.cells('SELECT number, text FROM facts WHERE number >= $1 ORDER BY id', [0]);
  };

  it('return the same cells as rows, for any text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('75.5000', '"', '\\', '\n', '\u001f', 'Доллар США'),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(texts), (all) => {
        const stored = all.map((text) => text?.replaceAll('\0', '') ?? null);
        expect(cellsOf(stored)).toEqual(stored.map((text, index) => [index, text]));
      }),
    );
  });

  it.each(['text DESC', 'number % 2, text', 'id DESC'])('keep the order of %s', (order) => {
    cellsOf(['b', 'a', 'd', 'c']);
    const sql = `SELECT id, text FROM facts ORDER BY ${order}`;
    const rows = statements.rows(sql, []) as object[];
    expect(statements.cells(sql, [])).toEqual(rows.map((row): unknown[] => Object.values(row)));
  });

  it('return nothing without rows, and run again with other parameters', () => {
    expect(cellsOf([])).toEqual([]);
    cellsOf(['a', 'b']);
    const sql = 'SELECT text FROM facts WHERE number = $1';
    expect(statements.cells(sql, [1])).toEqual([['b']]);
    expect(statements.cells(sql, [0])).toEqual([['a']]);
    expect(statements.rows(sql, [0])).toEqual([{ text: 'a' }]);
  });
});
