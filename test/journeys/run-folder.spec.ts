import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fastFolder, useRunFolder } from '../support/run-folder.js';

/** A program like `npm run bench`: it prints the folder that it has made, and ends. */
const PROGRAM = `
  import { mkdtempSync, writeFileSync } from 'node:fs';
  import { tmpdir } from 'node:os';
  import { join } from 'node:path';
  import { useRunFolder } from './test/support/run-folder.ts';
  process.once('exit', useRunFolder());
  const folder = mkdtempSync(join(tmpdir(), 'kurs-cwd-'));
  writeFileSync(join(folder, 'kurs.db'), 'rows');
  process.stdout.write(folder);
`;

describe('the temporary folder', () => {
  it('of a run of the tests is its own', () => {
    expect(basename(tmpdir())).toMatch(/^kurs-run-/);
  });

  it('is in memory where Linux offers enough of it', () => {
    const { KURS_TEST_SYSTEM_TMPDIR = '' } = process.env;
    expect([KURS_TEST_SYSTEM_TMPDIR, '/dev/shm']).toContain(dirname(tmpdir()));
    expect(fastFolder('/dev/shm', 0)).toBe(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
    expect(fastFolder('/dev/shm', Number.MAX_SAFE_INTEGER)).toBe(tmpdir());
    expect(fastFolder('/dev/none', 0)).toBe(tmpdir());
  });

  const run = (program: string, parent: string) => {
    const loader = ['--import', '@swc-node/register/esm-register', '--input-type=module'];
    return execFileSync(process.execPath, [...loader, '--eval', program], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: parent },
    });
  };

  it('goes when the run ends, with everything that is left in it', () => {
    const made = run(PROGRAM, tmpdir());
    expect(made).toMatch(/kurs-run-\w+\/kurs-cwd-\w+$/);
    expect(existsSync(made)).toBe(false);
  });

  it('goes with the next run if its own was killed, but not while its own goes on', () => {
    const parent = mkdtempSync(join(tmpdir(), 'kurs-parent-'));
    const killed = `${PROGRAM} process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'));`;
    expect(() => run(killed, parent)).toThrow('SIGKILL');
    const runFolders = () => readdirSync(parent).filter((name) => name.startsWith('kurs-run-'));
    const abandoned = runFolders();
    expect(abandoned).toHaveLength(1);
    const removeFolder = useRunFolder(parent);
    const used = runFolders();
    expect(used).toHaveLength(1);
    expect(used).not.toEqual(abandoned);
    useRunFolder(parent)();
    expect(runFolders()).toEqual(used);
    removeFolder();
  });
});
