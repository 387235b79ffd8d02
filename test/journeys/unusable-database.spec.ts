import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandProcess } from '../support/command-process.js';
import { KursProcess } from '../support/kurs-process.js';

const PASSWORD = 's3same';
const NOWHERE = `postgres://kurs:${PASSWORD}@127.0.0.1:9/kurs`;
const NO_BANK = { CBR_BASE_URL: 'http://127.0.0.1:9' };

describe('a database that cannot be used', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'kurs-unusable-'));
  const run = async (url: string, name: string, ...words: string[]) => {
    const command = new CommandProcess(name, { ...NO_BANK, DATABASE_URL: url }, words);
    const { code } = await command.exited;
    return { code, said: command.output, complained: command.errorOutput };
  };
  const start = async (url: string) => {
    const kurs = KursProcess.spawn({ ...NO_BANK, DATABASE_URL: url });
    return { ...(await kurs.exited), complained: kurs.output };
  };

  it.each(['start', 'fetch', 'export'])(
    'is named by %s where PostgreSQL does not answer, without its password',
    async (name) => {
      const { code, complained } =
        name === 'start' ? await start(NOWHERE) : await run(NOWHERE, name);
      expect(code).toBe(1);
      expect(complained).toMatch(/cannot be used.*: connect ECONNREFUSED 127\.0\.0\.1:9$/m);
      expect(complained.trim().split('\n')).toHaveLength(1);
      expect(complained).not.toContain(PASSWORD);
    },
  );

  it.each(['start', 'fetch', 'backup'])('is named by %s where it is a folder', async (name) => {
    const path = folder();
    const words = name === 'backup' ? [join(folder(), 'copy.db')] : [];
    const url = `sqlite:${path}`;
    const { code, complained } =
      name === 'start' ? await start(url) : await run(url, name, ...words);
    expect(code).toBe(1);
    expect(complained.trim()).toMatch(new RegExp(`: ${path}: .*(?:unable to open|disk I/O)`));
  });
});
