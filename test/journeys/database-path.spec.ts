import {
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withCommandHost } from '../support/command-host.js';
import { withCopiedDatabase } from '../support/copied-database.js';
import { createPostgres } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { KursProcess } from '../support/kurs-process.js';
import { makeOrdinary, ordinary } from '../support/ordinary-user.js';
import { leaveInLog } from '../support/sqlite-leftovers.js';

describe('the path of a SQLite database', () => {
  const copied = withCopiedDatabase();
  const { environment, folder, good, run, expectRestored } = copied;
  const hostOfUser = withCommandHost(ordinary);
  let path: string;

  beforeEach(() => ({ path } = copied));

  const startFails = (url = `sqlite:${path}`) =>
    copied.host.failedStart({ ...environment, DATABASE_URL: url });

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
