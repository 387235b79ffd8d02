import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '../../src/database/backup-check.js';
import { withCommandHost } from '../support/command-host.js';
import { CommandProcess } from '../support/command-process.js';
import { createPostgres } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { execute } from '../support/execute.js';
import { FakeBank } from '../support/fake-bank.js';
import { KursProcess } from '../support/kurs-process.js';
import { readRates } from '../support/log-reader.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { besides, bytesUnder, leaveInLog } from '../support/sqlite-leftovers.js';

/** Without rights of its own, and known by this number everywhere. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** Somebody who is not root. */
const ordinary = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

describe('the path of a SQLite database', () => {
  let bank: FakeBank;
  let folder: string;
  let path: string;
  let good: string;
  let environment: Record<string, string>;

  const host = withCommandHost();
  const hostOfUser = withCommandHost(ordinary);

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD]));
    folder = mkdtempSync(join(tmpdir(), 'kurs-good-'));
    environment = {
      CBR_BASE_URL: bank.url,
      DATABASE_URL: `sqlite:${join(folder, 'made.db')}`,
      BACKFILL_DAYS: '0',
    };
    good = join(folder, 'good.db');
    await run('fetch');
    expect(await run('backup', good)).toMatchObject({ code: 0 });
  });

  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'kurs-place-')), 'kurs.db');
    copyFileSync(good, path);
    environment.DATABASE_URL = `sqlite:${path}`;
    bank.publish(sheetXml('24.04.2026', [USD]));
  });

  afterEach(() => {
    bank.misbehave();
    bank.withdraw('2026-04-25');
  });

  afterAll(() => bank.stop());

  const run = (name: string, ...words: string[]) => host.run(environment, name, ...words);
  const startFails = (url = `sqlite:${path}`) =>
    host.failedStart({ ...environment, DATABASE_URL: url });
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
  const expectRestored = async () => {
    expect(checkBackup(path).complaints).toEqual([]);
    const codes = (await readRates(`sqlite:${path}`)).map(({ code }) => code);
    expect(codes).toEqual(['USD']);
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

  it.each(['.before-20261125T192900Z', '-wal'])(
    'is rejected by every start and command if only a %s exists',
    async (end) => {
      if (end === '-wal') leaveInLog(path, 'UPDATE rates SET id = id');
      rmSync(path);
      if (end !== '-wal') writeFileSync(path + end, 'left');
      const left = readFileSync(path + end);
      const refusals = await Promise.all([
        startFails(),
        run('fetch'),
        run('export'),
        run('backup', join(folder, 'none.db')),
        run('events:new-log'),
      ]);
      for (const { code, complained } of refusals) {
        expect(code).toBe(1);
        expect(complained.trim().split('\n')).toHaveLength(1);
        expect(complained).toContain(`There is no database ${path}, but beside it`);
        expect(complained).toContain(path + end);
        expect(complained).toContain('"npm run kurs -- restore <file>"');
      }
      expect(existsSync(path)).toBe(false);
      expect(readFileSync(path + end).equals(left)).toBe(true);
      expect((await run('doctor')).said).toMatch(/^bad +database +There is no database/m);
    },
  );

  it('is rejected if the file is empty beside a log, which SQLite would delete', async () => {
    leaveInLog(path, 'UPDATE rates SET id = id');
    const log = readFileSync(`${path}-wal`);
    writeFileSync(path, '');
    for (const { code, complained } of [await startFails(), await run('fetch')]) {
      expect([code, complained]).toEqual([1, expect.stringContaining(`${path}-wal`)]);
    }
    await run('doctor');
    await run('backup', join(folder, 'none.db'));
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
    expect(await run('restore', good)).toMatchObject({ code: 0 });
    await expectRestored();
  });

  it('belongs to one service if two start through a dangling link', async () => {
    rmSync(path);
    const link = join(folder, `link-${Date.now()}.db`);
    symlinkSync(path, link);
    const first = await KursProcess.start({ ...environment, DATABASE_URL: `sqlite:${link}` });
    expect(await startFails(`sqlite:${link}`)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('Another Kurs service is running') as string,
    });
    await first.kill('SIGTERM');
  });

  it('is rejected if the file has a hard link, which has its own locks and log', async () => {
    linkSync(path, `${path}.second`);
    for (const { code, complained } of [
      await startFails(`sqlite:${path}.second`),
      await run('fetch'),
      await run('restore', good),
    ]) {
      expect(code).toBe(1);
      expect(complained).toMatch(/has 2 names \(hard links\)/);
    }
    expect((await run('doctor')).said).toMatch(/^bad +database .*has 2 names/m);
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

  it('of a newer Kurs is rejected by start and commands, and not changed', async () => {
    const postgres = await createPostgres();
    for (const url of [`sqlite:${path}`, postgres.url]) {
      environment.DATABASE_URL = url;
      await run('fetch');
      await execute(url, "INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')");
      for (const { code, complained } of [
        await startFails(url),
        await run('fetch'),
        await run('export'),
        await run('events:new-log'),
      ]) {
        expect(code).toBe(1);
        expect(complained.trim()).toMatch(/The database is from a newer Kurs, which ran Later1; /);
        expect(complained.trim().split('\n')).toHaveLength(1);
      }
    }
    await postgres.drop();
  });

  it('is rejected by a start if the service lock is read-only', async () => {
    makeOrdinary(path);
    writeFileSync(`${path}.service-lock`, '', { mode: 0o444 });
    const kurs = KursProcess.spawn(environment, ordinary);
    expect(await kurs.exited).toMatchObject({ code: 1 });
    expect(kurs.output).toContain(`${path}.service-lock cannot be locked`);
    expect(kurs.output.trim().split('\n')).toHaveLength(1);
  });

  it('is writable for doctor only if file, folder, log and lock are', async () => {
    const open = () => makeOrdinary(path);
    open();
    const doctor = async () => {
      const { said } = await hostOfUser.run(environment, 'doctor');
      return /^\w+ +database .*$/m.exec(said)?.[0];
    };
    expect(await doctor()).toMatch(/^ok .*is writable/);
    leaveInLog(path, 'UPDATE rates SET id = id');
    writeFileSync(`${path}-shm`, '');
    writeFileSync(`${path}.service-lock`, '');
    for (const end of ['', '-wal', '-shm', '.service-lock']) {
      open();
      chmodSync(path + end, 0o444);
      expect([end, await doctor()]).toEqual([end, expect.stringMatching(/^bad .*EACCES/)]);
    }
    open();
    chmodSync(join(path, '..'), 0o555);
    expect(await doctor()).toMatch(/^bad .*EACCES/);
    open();
    expect(await doctor()).toMatch(/^ok .*is writable/);
  });
});

/** Gives a database to somebody who is not root, who may write it. */
function makeOrdinary(path: string): void {
  const within = join(path, '..');
  for (const file of [within, ...readdirSync(within).map((name) => join(within, name))]) {
    if (isRoot) chownSync(file, NOBODY, NOBODY);
    chmodSync(file, file === within ? 0o755 : 0o644);
  }
}
