import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realPath } from './real-path.js';

describe('the real path', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kurs-path-')));
  const within = (...names: string[]) => join(folder, ...names);
  mkdirSync(within('data'));
  symlinkSync('data', within('folder'));
  symlinkSync(within('data', 'kurs.db'), within('link.db'));
  symlinkSync('folder/../link.db', within('relative.db'));
  symlinkSync(within('loop'), within('loop'));

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['data/kurs.db', 'data/kurs.db'],
    ['folder/kurs.db', 'data/kurs.db'],
    ['link.db', 'data/kurs.db'],
    ['relative.db', 'data/kurs.db'],
    ['data/none/kurs.db', 'data/none/kurs.db'],
    ['folder/none/kurs.db', 'data/none/kurs.db'],
    ['loop', 'loop'],
  ])('of %s is %s, whether or not the file exists yet', (path, expected) => {
    expect(realPath(within(path))).toBe(within(expected));
    writeFileSync(within('data', 'kurs.db'), '');
    expect(realPath(within(path))).toBe(within(expected));
  });
});
