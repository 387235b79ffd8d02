import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';

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

  it('goes when the run ends, with everything that is left in it', () => {
    const loader = ['--import', '@swc-node/register/esm-register', '--input-type=module'];
    const made = execFileSync(process.execPath, [...loader, '--eval', PROGRAM], {
      encoding: 'utf8',
    });
    expect(made).toMatch(/kurs-run-\w+\/kurs-cwd-\w+$/);
    expect(existsSync(made)).toBe(false);
  });
});
