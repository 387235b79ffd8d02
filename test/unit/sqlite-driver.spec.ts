import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
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

/** Stands for npm: writes down what it is asked, and "compiles" a driver, unless it must run no scripts. */
const NPM = `#!/bin/sh
echo "$@" >> asked
mkdir -p node_modules/better-sqlite3
[ -e .npmrc ] && case "$*" in *--ignore-scripts=false*) ;; *) exit 0 ;; esac
echo 'module.exports = class { close() {} }' > node_modules/better-sqlite3/index.js
`;

describe('a build on this Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-build-'));
  const headers = folderOfHeaders(process);
  const isOld = process.versions.node.startsWith('20.');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/npm'), NPM, { mode: 0o755 });

  const build = () => {
    const env = { PATH: `${folder}/bin:${process.env.PATH}` };
    const script = join(process.cwd(), 'packaging/sqlite-driver.mjs');
    const { stderr, status } = spawnSync(process.execPath, [script], { cwd: folder, env });
    const asked = join(folder, 'asked');
    const calls = existsSync(asked) ? readFileSync(asked, 'utf8').split('\n').slice(0, -1) : [];
    rmSync(asked, { force: true });
    return { said: stderr.toString(), status, calls };
  };

  it('has npm add a missing driver, once, if Node 20 has its headers; it goes on in any case', () => {
    const [first, second] = [build(), build()];
    expect(first.status).toBe(0);
    if (isOld && headers === undefined) expect(first.said).toMatch(/without its headers/);
    else expect(first.said).toBe('');
    const wanted = isOld && headers !== undefined ? [/^install .*--no-save .*--nodedir=\//] : [];
    expect(first.calls).toEqual(wanted.map((call) => expect.stringMatching(call) as string));
    expect(second.calls).toEqual([]);
  });

  it('has npm compile a driver that lacks its binary, also where npm runs no scripts', () => {
    mkdirSync(join(folder, 'node_modules/better-sqlite3'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/better-sqlite3/index.js'), 'throw new Error()');
    const wanted =
      isOld && headers !== undefined ? [/^rebuild better-sqlite3 --ignore-scripts=false /] : [];
    expect(build().calls).toEqual(wanted.map((call) => expect.stringMatching(call) as string));
  });

  it('has npm compile a driver that it added without running scripts', () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    writeFileSync(join(folder, '.npmrc'), 'ignore-scripts=true');
    const wanted = isOld && headers !== undefined ? [/^install /, /^rebuild better-sqlite3 /] : [];
    const { said, calls } = build();
    expect(calls).toEqual(wanted.map((call) => expect.stringMatching(call) as string));
    if (wanted.length > 0) expect(said).toBe('');
  });
});
