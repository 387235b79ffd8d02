import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlone, JEST } from '../support/shared-modules.mjs';

const FOLDER = 'test/support/shared-modules';

describe('specs that run in one worker', () => {
  it('share the modules but neither mocks, fake timers, variables nor what they told Jest; one that replaces modules shares none', async () => {
    const { PATH, HOME } = process.env;
    const counts = join(mkdtempSync(join(tmpdir(), 'kurs-counts-')), 'counts');
    const variables = { KURS_TEST_COUNTS: counts, KURS_TEST_CHANGED: '1', KURS_TEST_REMOVED: '1' };
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--runInBand', '--config', `${FOLDER}/jest.config.mjs`],
      { env: { PATH, HOME, ...variables } },
    );
    expect(stderr).toMatch(/Tests: +4 passed, 4 total/);
    // How many files had loaded the shared module with this one.
    expect(readFileSync(counts, 'utf8').trim().split('\n')).toEqual(['1', '1', '2', '3']);
    // Each file's output stands below it, with the lines of the source.
    const [, ...files] = stderr.split(/^PASS /m);
    expect(files).toHaveLength(4);
    for (const printed of files) {
      const [path = ''] = printed.split(/\s/);
      for (const source of [path, `${FOLDER}/leaves-everything.ts`]) {
        expect(printed).toContain(`${source}:${lineOfLog(source)}:`);
      }
    }
  });

  it.each(['watch', 'watchAll', 'collectCoverage'])(
    'share nothing with the option %s',
    (option) => {
      expect(isAlone({ [option]: true }, '')).toBe(true);
      expect(isAlone({ [option]: false }, '')).toBe(false);
    },
  );

  it.each([
    ...['mock', 'doMock', 'setMock', 'unstable_mockModule', 'enableAutomock', 'autoMockOn'],
    ...['resetModules', 'isolateModules', 'isolateModulesAsync'],
  ])('have modules of their own if they call jest.%s', (name) => {
    expect(Object.keys(jest)).toContain(name);
    for (const call of [`jest.${name}(`, `jest\n  .${name}(`]) expect(isAlone({}, call)).toBe(true);
  });

  it.each(['jest-runtime', 'jest-circus', 'jest-environment-node', 'expect'])(
    'are run with private fields of %s, whose version is known',
    (name) => {
      const { version } = createRequire(join(process.cwd(), 'package.json'))(
        `${name}/package.json`,
      ) as { version: string };
      if (version === JEST) return;
      throw new Error(
        `${name} is ${version}, and test/support/shared-modules.mjs uses private fields of ${JEST}. ` +
          'See that it works with the other version, and that each promise of its docstring fails here when broken; ' +
          'then change the version there.',
      );
    },
  );
});

function lineOfLog(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n');
  return 1 + lines.findIndex((line) => line.includes('console.log'));
}
