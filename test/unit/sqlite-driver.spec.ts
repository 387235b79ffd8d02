import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOfHeaders } from '../../packaging/sqlite-driver.mjs';
import { SqliteDriverMissingError } from '../../src/database/sqlite-file.errors.js';

describe('a missing SQLite driver', () => {
  it.each([
    [true, /Node 22\.14 or later.*"npm install better-sqlite3@12"/],
    [false, /without --omit=optional/],
  ])('is one sentence with what helps (Node 20: %s)', (isOldNode, advice) => {
    const { code, message } = new SqliteDriverMissingError(isOldNode);
    expect(code).toBe('database.no_driver');
    expect(message).toMatch(advice);
    expect(message).toMatch(/^The SQLite driver is not installed; .* or use PostgreSQL$/);
    expect(message).not.toContain('\n');
  });

  const absent = (): never => {
    throw Object.assign(new Error('gone'), { code: 'MODULE_NOT_FOUND' });
  };
  // npm installs it without its binary where install scripts are not allowed: it fails once it is used.
  const withoutBinary = () =>
    function Database() {
      throw new Error('Could not locate the bindings file. Tried:\n → /kurs/node_modules/…');
    };

  it.each<[string, () => unknown]>([
    ['it', absent],
    ['its binary', withoutBinary],
  ])('fails without %s when a file is opened, not when the room is imported', (_, load) => {
    jest.isolateModules(() => {
      jest.doMock('node:module', () => ({ createRequire: () => load }));
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loads it anew, with the mock
      const { Sqlite } = require('../../src/database/sqlite.js') as {
        Sqlite: new (path: string) => unknown;
      };
      expect(() => new Sqlite(':memory:')).toThrow(/^The SQLite driver is not installed/);
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the same
      const { FileLock } = require('../../src/database/file-lock.js') as {
        FileLock: { acquire(path: string, mode: string): unknown };
      };
      const lock = join(mkdtempSync(join(tmpdir(), 'kurs-driver-')), 'lock');
      expect(() => FileLock.acquire(lock, 'shared')).toThrow(/^The SQLite driver is not installed/);
    });
  });
});

describe('the SQLite driver for Node 20', () => {
  const header = '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 19\n';

  it.each([
    ['of this Node: it is', `${header}#define NODE_PATCH_VERSION 4\n`, true],
    ['of another Node: it is not', `${header}#define NODE_PATCH_VERSION 5\n`, false],
    ['that say nothing: it is not', '', false],
    ['that are missing: it is not', undefined, false],
  ])('is compiled with headers beside Node, %s', (_, text, isUsable) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kurs-node-')));
    const execPath = join(folder, 'bin/node');
    for (const each of ['bin', 'include/node']) mkdirSync(join(folder, each), { recursive: true });
    writeFileSync(execPath, '');
    if (text !== undefined) writeFileSync(join(folder, 'include/node/node_version.h'), text);
    const found = folderOfHeaders({ execPath, version: 'v20.19.4' });
    expect(found).toBe(isUsable ? folder : undefined);
  });
});
