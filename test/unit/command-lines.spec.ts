import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { commandLine } from '../../src/config/command-line.js';

describe('an instruction to run a command of Kurs', () => {
  it('runs as it is printed: through npm in a clone', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts.kurs).toBe('exec node dist/cli/kurs.js');
    expect(commandLine('doctor')).toBe('npm run kurs -- doctor');
  });

  it('never is "npx kurs", which fetches a package of that name from strangers', () => {
    const places = ['src', 'clients', 'deploy', '.github', '*.yaml', 'docs/*.json', 'SECURITY.md'];
    const files = execFileSync('git', ['ls-files', ...places])
      .toString()
      .trim()
      .split('\n')
      .filter((file) => file !== 'src/config/command-line.ts')
      .filter((file) => readFileSync(file, 'utf8').includes('npx kurs'));
    expect(files).toEqual([]);
  });
});
