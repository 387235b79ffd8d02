import { SqliteDriverMissingError } from '../../src/database/sqlite-file.errors.js';

describe('a missing SQLite driver', () => {
  it.each([
    [true, /compiles it.*Node 22\.14 or later/],
    [false, /without --omit=optional/],
  ])('is one sentence with what helps (Node 20: %s)', (isOldNode, advice) => {
    const { code, message } = new SqliteDriverMissingError(isOldNode);
    expect(code).toBe('database.no_driver');
    expect(message).toMatch(advice);
    expect(message).toMatch(/^The SQLite driver is not installed; .* or use PostgreSQL$/);
    expect(message).not.toContain('\n');
  });

  it('fails when a file is opened, not when the room is imported', () => {
    jest.isolateModules(() => {
      jest.doMock('node:module', () => ({
        createRequire: () => () => {
          throw Object.assign(new Error('gone'), { code: 'MODULE_NOT_FOUND' });
        },
      }));
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loads it anew, with the mock
      const { Sqlite } = require('../../src/database/sqlite.js') as {
        Sqlite: new (path: string) => unknown;
      };
      expect(() => new Sqlite(':memory:')).toThrow(/The SQLite driver is not installed/);
    });
  });
});
