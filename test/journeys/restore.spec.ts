import {
  chmodSync,
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { CommandProcess } from '../support/command-process.js';
import { withCopiedDatabase } from '../support/copied-database.js';
import { eventually } from '../support/eventually.js';
import { execute } from '../support/execute.js';
import { readRates } from '../support/log-reader.js';
import { isRoot, NOBODY } from '../support/ordinary-user.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { besides, bytesUnder, leaveInLog } from '../support/sqlite-leftovers.js';

describe('a SQLite database', () => {
  const copied = withCopiedDatabase();
  const { bank, environment, folder, good, run, expectRestored } = copied;
  let path: string;

  beforeEach(() => ({ path } = copied));

  afterEach(() => {
    bank.misbehave();
    bank.withdraw('2026-04-25');
  });

  /** A fetch that waits for the bank, and what makes the bank answer. */
  const waitingFetch = async () => {
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    const waiting: (() => void)[] = [];
    bank.misbehave((request, response: ServerResponse) => {
      waiting.push(() => bank.answerAsUsual(request, response));
    });
    const command = new CommandProcess('fetch', environment, []);
    await eventually('the bank is asked', () => waiting.length > 0);
    return {
      command,
      answer: () => {
        bank.misbehave();
        for (const each of waiting) each();
      },
    };
  };

  it.each(['-wal', '-journal', '-shm'])(
    'is restored next to a %s left by a lost database, which is kept',
    async (end) => {
      if (end === '-wal') leaveInLog(path, "UPDATE rates SET name = 'of the lost one'");
      else writeFileSync(path + end, 'left');
      const left = readFileSync(path + end);
      rmSync(path);
      const { code, said } = await run('restore', good);
      expect([code, said]).toEqual([0, expect.stringMatching(/is restored/)]);
      await expectRestored();
      expect(besides(path)).toContain(`.before-T${end}`);
      expect(bytesUnder(path).some((bytes) => bytes.equals(left))).toBe(true);
      expect(said).toMatch(new RegExp(`is kept as .*\\.before-\\d{8}T\\d{6}Z${end}\n`));
    },
  );

  it('is restored over a manual copy next to the log of another file, and both are kept', async () => {
    const tables = Array.from({ length: 20 }, (_, index) => `CREATE TABLE t${index} (id INTEGER)`);
    await execute(`sqlite:${path}`, tables.join(';'));
    leaveInLog(path, 'CREATE TABLE late (id INTEGER)');
    copyFileSync(good, path);
    const log = readFileSync(`${path}-wal`);
    expect(await run('restore', good)).toMatchObject({ code: 0 });
    await expectRestored();
    for (const kept of [readFileSync(good), log]) {
      expect(bytesUnder(path).some((bytes) => bytes.equals(kept))).toBe(true);
    }
  });

  it('keeps the good backup if a new copy fails its check, and deletes the copy', async () => {
    const target = join(folder, 'kept.db');
    copyFileSync(good, target);
    await execute(`sqlite:${path}`, "UPDATE store SET log_id = ''");
    const [forced, fresh] = await Promise.all([
      run('backup', '--force', target),
      run('backup', join(folder, 'fresh.db')),
    ]);
    for (const { code, said, complained } of [forced, fresh]) {
      expect([code, said]).toEqual([1, '']);
      expect(complained).toMatch(
        /^The copy failed its check and was deleted: .*its event log has no log_id\n$/,
      );
    }
    expect(readFileSync(target).equals(readFileSync(good))).toBe(true);
    expect(readdirSync(folder).filter((name) => /fresh|partial/.test(name))).toEqual([]);
  });

  it('is not restored while a command uses it, whose write is stored', async () => {
    const { command, answer } = await waitingFetch();
    expect(await run('restore', good)).toMatchObject({
      code: 1,
      complained: `A kurs command is using ${path}; try again after it ends\n`,
    });
    answer();
    expect(await command.exited).toMatchObject({ code: 0 });
    const codes = (await readRates(`sqlite:${path}`)).map(({ code }) => code);
    expect(codes).toEqual(['USD', 'USD', 'EUR']);
  });

  it('keeps owner and mode after a restore', async () => {
    if (isRoot) {
      chownSync(path, NOBODY, NOBODY);
      chownSync(join(path, '..'), NOBODY, NOBODY);
    }
    chmodSync(path, 0o640);
    const before = statSync(path);
    expect(await run('restore', good)).toMatchObject({ code: 0 });
    const { uid, gid, mode } = statSync(path);
    expect({ uid, gid, mode }).toEqual({ uid: before.uid, gid: before.gid, mode: before.mode });
    const lock = statSync(`${path}.service-lock`);
    expect([lock.uid, lock.gid]).toEqual([before.uid, before.gid]);
    rmSync(path);
    for (const name of readdirSync(join(path, '..'))) rmSync(join(path, '..', name));
    expect(await run('restore', good)).toMatchObject({ code: 0 });
    expect(statSync(path).uid).toBe(before.uid);
  });
});
