import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { withCommandHost } from '../support/command-host.js';
import { runCommand } from '../support/command-process.js';
import { createPostgres, createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { originalFile } from '../support/original-file.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';

interface Status {
  log_id: string;
  seq: number;
}

const FROM = '2020-01-01';

describe('commands beside a running service', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let environment: Record<string, string>;
  let kurs: KursProcess;
  const folder = mkdtempSync(join(tmpdir(), 'kurs-commands-'));

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    bank.list(DICTIONARY);
    const points = everySheet(FROM, '2026-04-25');
    for (const { id } of DICTIONARY) bank.record(id, points);
    database = await createSqlite();
    const PORT = String(await freePort());
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url, PORT };
    await run('backfill', '--from', FROM, '--codes', 'USD,EUR');
    kurs = await KursProcess.start(environment);
    await kurs.printed(/saved 0 records/);
  });

  afterAll(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  const run = (name: string, ...words: string[]) => runCommand(environment, name, ...words);
  const host = withCommandHost();
  /** The same, in a process that other commands have used. */
  const runInHost = (name: string, ...words: string[]) => host.run(environment, name, ...words);
  /** What a shell prints with the service's settings, and the exit status of the first command at last. */
  const inShell = (pipeline: string) =>
    promisify(execFile)(
      'bash',
      [
        ...['--norc', '-c', `${pipeline}; echo "\${PIPESTATUS[0]}"`],
        ...[process.execPath, resolve('dist/cli/kurs.js')],
      ],
      { env: { PATH: process.env.PATH, ...environment } },
    );
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);

  it('exports the rates that REST returns, to a file or a pipe that may close early', async () => {
    const answer = await fetch(`${kurs.url}/v1/rates.csv?from=${FROM}&codes=USD,EUR`);
    const csv = await answer.text();
    const words = ['--codes', 'usd,EUR', '--from', FROM];
    const file = join(folder, 'rates.csv');
    expect(await run('export', ...words, '--out', file)).toMatchObject({ code: 0, said: '' });
    expect(readFileSync(file, 'utf8')).toBe(csv);
    expect(readdirSync(folder)).toEqual(['rates.csv']);
    const { said, complained } = await runInHost('export', ...words, '--format', 'ndjson');
    expect(said.trim().split('\n')).toHaveLength(csv.trim().split('\n').length - 1);
    expect(complained).toMatch(/^\d+ rates, 2020-01-01 to /);

    const { stdout, stderr } = await inShell('"$0" "$1" export | head -1');
    expect(stdout.split(/\r?\n/).slice(0, 2)).toEqual([csv.split('\r\n')[0], '0']);
    expect(stderr).toBe('');
  });

  it.each(['--help', 'status'])(
    '%s succeeds although its reader closes the pipe early',
    async (words) => {
      const { stdout, stderr } = await inShell(`"$0" "$1" ${words} | true`);
      expect([stdout, stderr]).toEqual(['0\n', '']);
    },
  );

  it.each(['export', 'status'])('%s reports a full output device in one line', async (words) => {
    const { stdout, stderr } = await inShell(`"$0" "$1" ${words} > /dev/full`);
    expect(stdout).toBe('1\n');
    expect(stderr).toMatch(/^The output cannot be written: ENOSPC.*\n$/);
  });

  it('reports days of an export that are not loaded, and exits with 1', async () => {
    const { code, said, complained } = await runInHost('export', '--from', '2019-01-01');
    expect(code).toBe(1);
    expect(said).toContain('USD,RUB');
    expect(complained).toMatch(/on 2019-01-01 is not loaded/);
  });

  it('prints the status of the service as text and as JSON', async () => {
    const { code, said } = await run('status');
    expect(code).toBe(0);
    expect(said).toMatch(/^sheet +2026-04-25 \(/m);
    expect(said).toContain((await status()).log_id);
    const json = await runInHost('status', '--url', kurs.url, '--json');
    const { log_id, seq } = await status();
    expect(JSON.parse(json.said)).toMatchObject({
      log_id,
      seq,
      newest_effective_date: '2026-04-25',
    });
    const none = await runInHost('status', '--url', 'http://127.0.0.1:9');
    expect(none).toMatchObject({
      code: 1,
      complained: expect.stringContaining('No Kurs answers on http://127.0.0.1:9') as string,
    });
  });

  it('doctor checks settings, database, bank, clock, service and broker, and suggests fixes', async () => {
    // The sheet is of a day long past: that alone is wrong.
    const here = await run('doctor');
    expect(here.said).toMatch(/^ok +settings/m);
    expect(here.said).toMatch(/^ok +database .*is writable/m);
    expect(here.said).toMatch(/^ok +bank .*newest sheet 2026-04-25, 2 currencies/m);
    expect(here.said).toMatch(/^ok +clock/m);
    expect(here.said).toMatch(/^(?:ok|bad) +service +Kurs .* newest sheet 2026-04-25/m);

    const wrong = { CBR_BASE_URL: 'http://127.0.0.1:9', NATS_URL: 'nats://127.0.0.1:9' };
    const nowhere = { ...environment, ...wrong, DATABASE_URL: 'postgres://127.0.0.1:9/x' };
    const ill = await host.run(nowhere, 'doctor');
    expect(ill.code).toBe(1);
    for (const subject of ['database', 'bank', 'broker']) {
      expect(ill.said).toMatch(new RegExp(`^bad +${subject} .*\\n +→ `, 'm'));
    }
    const mistaken = { ...environment, PORT: 'soon', LOG_LEVEL: 'loud' };
    const bad = await host.run(mistaken, 'doctor');
    expect(bad.code).toBe(78);
    expect(bad.said).toMatch(/PORT[^]*LOG_LEVEL/);
  });

  it('doctor does not change PostgreSQL, and backup refers to pg_dump', async () => {
    const postgres = await createPostgres();
    const there = { ...environment, DATABASE_URL: postgres.url };
    expect((await host.run(there, 'doctor')).said).toMatch(
      /^note +database +PostgreSQL \d+.* is empty/m,
    );
    expect(await host.run(there, 'backup', join(folder, 'pg.db'))).toMatchObject({
      code: 1,
      complained: expect.stringContaining('with pg_dump') as string,
    });
    await postgres.drop();
  });

  it('imports the rates of the original, and lists rejected rows', async () => {
    const file = originalFile([
      ['GOLD', 'Gold', 9_876.5, '2025-12-23 23:00:00'],
      ['GOLD', 'Gold', -1, '2025-12-23 23:00:00'],
    ]);
    const zone = ['--timezone', 'Europe/Moscow'];
    const { code, said, complained } = await run('import-original', ...zone, file);
    expect(code).toBe(1);
    expect(said).toContain(
      '1 imported as manual rates with nominal 1, 0 already stored, 1 rejected',
    );
    expect(complained).toMatch(/^Row 2 rejected: value is -1/);
    const gold = `${kurs.url}/v1/rates/GOLD?source=manual`;
    await eventually('the service has it', async () => (await fetch(gold)).ok);
    expect(await getJson(gold)).toMatchObject({ effective_date: '2025-12-23' });
  });

  it('backs up while the service runs, and restores with a new log_id after it stops', async () => {
    const backup = join(folder, 'backup.db');
    expect(await run('backup', backup)).toMatchObject({ code: 0, complained: '' });
    expect(await runInHost('backup', backup)).toMatchObject({
      code: 1,
      complained: `${backup} exists; --force replaces it\n`,
    });
    const place = database.url.slice('sqlite:'.length);
    expect(await runInHost('backup', '--force', place)).toMatchObject({
      code: 1,
      complained: `${place} is the database itself\n`,
    });
    const before = await status();
    await fetch(`${kurs.url}/rates/create?code=LOST&name=L&value=1`);
    expect(await runInHost('restore', '--check', backup)).toMatchObject({ code: 0 });
    const refused = await runInHost('restore', backup);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.complained).toMatch(/Another Kurs service is running/);

    await kurs.kill('SIGTERM');
    const { code, said } = await run('restore', backup);
    expect(code).toBe(0);
    expect(said).toMatch(/The replaced database is kept as .*kurs\.db\.before-/);
    kurs = await KursProcess.start(environment);
    await kurs.printed(/saved 0 records/);
    const after = await status();
    expect(after.seq).toBe(before.seq);
    expect(after.log_id).not.toBe(before.log_id);
    expect(said).toContain(after.log_id);
    expect((await fetch(`${kurs.url}/rates/get/LOST`)).status).toBe(404);
  });
});
