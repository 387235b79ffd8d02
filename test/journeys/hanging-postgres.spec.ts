import { CommandProcess } from '../support/command-process.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY } from '../support/history.js';
import { KursProcess } from '../support/kurs-process.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** Docker kills a process that has not ended by then. */
const WITHIN_MS = 10_000;

describe('a PostgreSQL that hangs', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let proxy: TcpProxy;
  let environment: Record<string, string>;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    bank.list(DICTIONARY);
    database = await createPostgres();
    proxy = await TcpProxy.inFrontOf(database.url);
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: proxy.through(database.url) };
  });

  afterEach(async () => {
    await proxy.stop();
    await database.drop();
    await bank.stop();
  });

  it('is given up at SIGTERM, with a read and a write under way', async () => {
    const kurs = await KursProcess.start(environment);
    await kurs.printed(/saved 1 records/);
    proxy.swallow();
    proxy.hideEnds();
    const create = fetch(`${kurs.url}/rates/create?code=ABC&name=A&value=1`);
    const asked = Promise.allSettled([create, fetch(`${kurs.url}/v1/status`)]);
    await eventually('PostgreSQL is asked', () => proxy.swallowedBytes > 0);
    const late = setTimeout(() => void kurs.kill('SIGKILL'), WITHIN_MS);
    expect(await kurs.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    clearTimeout(late);
    await asked;
  });

  it('is given up by a command that has done its work', async () => {
    proxy.hideEnds();
    const command = new CommandProcess('fetch', environment, []);
    await command.printed(/1 saved/);
    expect(await command.exited).toEqual({ code: 0, signal: null });
  });
});
