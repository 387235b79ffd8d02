import { CommandProcess } from '../support/command-process.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY } from '../support/history.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** As the documents say; Docker kills a process that has not ended after ten seconds. */
const WITHIN_MS = 9_000;

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

  /** Falls silent with these, and is stopped with a read and a write under way. */
  const stopped = async (kurs: KursProcess, others: TcpProxy[] = []) => {
    for (const wire of [proxy, ...others]) {
      wire.swallow();
      wire.hideEnds();
    }
    const create = fetch(`${kurs.url}/rates/create?code=ABC&name=A&value=1`);
    const asked = Promise.allSettled([create, fetch(`${kurs.url}/v1/status`)]);
    await eventually('PostgreSQL is asked', () => proxy.swallowedBytes > 0);
    const late = setTimeout(() => void kurs.kill('SIGKILL'), WITHIN_MS);
    const exit = await kurs.kill('SIGTERM');
    clearTimeout(late);
    await asked;
    return exit;
  };

  it('is given up at SIGTERM, with a read and a write under way', async () => {
    const kurs = await KursProcess.start(environment);
    await kurs.printed(/saved 1 records/);
    expect(await stopped(kurs)).toEqual({ code: 0, signal: null });
  });

  it('is given up at SIGTERM in time, though a live client and the broker hang as well', async () => {
    const broker = await NatsServer.start();
    const toBroker = await TcpProxy.inFrontOf(broker.url);
    const kurs = await KursProcess.start({
      ...environment,
      NATS_URL: toBroker.through(broker.url),
    });
    const toKurs = await TcpProxy.inFrontOf(kurs.url);
    try {
      await kurs.printed(/saved 1 records/);
      await kurs.printed(/NATS is connected/);
      const client = await SocketClient.connect(
        `http://127.0.0.1:${toKurs.port}`,
        {},
        '?snapshot=1',
      );
      await client.received(1);
      expect(await stopped(kurs, [toBroker, toKurs])).toEqual({ code: 0, signal: null });
    } finally {
      await kurs.kill('SIGKILL');
      for (const wire of [toKurs, toBroker]) await wire.stop();
      await broker.stop();
    }
  });

  it('is given up by a command that has done its work', async () => {
    proxy.hideEnds();
    const command = new CommandProcess('fetch', environment, []);
    await command.printed(/1 saved/);
    expect(await command.exited).toEqual({ code: 0, signal: null });
  });
});
