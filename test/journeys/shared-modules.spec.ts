import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CONFIG = 'test/support/shared-modules/jest.config.mjs';

describe('specs that run in one worker', () => {
  it('share the modules but neither mocks, fake timers nor variables; one that replaces modules shares none', async () => {
    const { PATH, HOME } = process.env;
    const counts = join(mkdtempSync(join(tmpdir(), 'kurs-counts-')), 'counts');
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--runInBand', '--config', CONFIG],
      { env: { PATH, HOME, KURS_TEST_COUNTS: counts } },
    );
    expect(stderr).toMatch(/Tests: +3 passed, 3 total/);
    const files = readFileSync(counts, 'utf8').trim().split('\n');
    expect(files.sort()).toEqual(['1', '1', '2']);
  });
});
