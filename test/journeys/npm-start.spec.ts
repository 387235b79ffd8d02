import { chmodSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { KursProcess } from '../support/kurs-process.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

/** What is built is not built anew: other tests use it. */
const NPM_START = ['npm', 'start', '--ignore-scripts'];
const SUCCESS = { code: 0, signal: null };

describe('a service started by npm', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
  });

  afterEach(async () => {
    // Whoever is left of the group.
    await kurs.killGroup('SIGKILL').catch(() => undefined);
    await database.drop();
    await bank.stop();
  });

  const start = async (command: string[], cwd = resolve('.')) => {
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = await KursProcess.startBy(command, cwd, environment);
    await kurs.printed(/saved 1 records/);
  };
  const isGone = async () =>
    fetch(kurs.url).then(
      () => false,
      () => true,
    );

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s to npm, before npm does', async (signal) => {
    await start(NPM_START);
    expect(await kurs.kill(signal)).toEqual(SUCCESS);
    expect(kurs.output).toContain(`${signal}: stopping`);
    expect(await isGone()).toBe(true);
  });

  it('stops on Ctrl-C, which npm receives as well', async () => {
    await start(NPM_START);
    expect(await kurs.killGroup('SIGINT')).toEqual(SUCCESS);
    expect(kurs.output).toContain('SIGINT: stopping');
    expect(await isGone()).toBe(true);
  });

  it('stops when npx ends with its shell without forwarding a signal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kurs-npx-'));
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    // As npm makes it when it installs the package.
    chmodSync(resolve('dist/cli/kurs.js'), 0o755);
    symlinkSync(resolve('dist/cli/kurs.js'), join(folder, 'node_modules', '.bin', 'kurs'));
    await start(['npx', '--no-install', 'kurs', 'start'], folder);
    kurs.signal('SIGTERM');
    await eventually('nothing answers', isGone);
    await kurs.exited;
    expect(kurs.output).toContain('npx has ended: stopping');
  });
});
