import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createPostgres, createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { KursProcess } from '../support/kurs-process.js';
import { migratedDatabase } from '../support/migrated-databases.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** Docker sends SIGKILL after ten seconds. */
const WITHIN_MS = 9_000;
/** As in database/migrate.ts. */
const MIGRATION_LOCK = 5_286_735_611;
/** Sends SIGTERM to its process as soon as that handles it: before anything else is loaded. */
const AT_ONCE = `process.on('newListener', (name) => {
  if (name === 'SIGTERM') setImmediate(() => process.kill(process.pid, 'SIGTERM'));
});`;

describe('a signal during the start ends it with code 0 and without an error', () => {
  let bank: FakeBank;
  let folder: string;
  let kurs: KursProcess;
  let database: TestDatabase | undefined;
  let proxy: TcpProxy;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    folder = mkdtempSync(join(tmpdir(), 'kurs-stopped-'));
    proxy = await TcpProxy.inFrontOf(process.env.KURS_TEST_POSTGRES ?? '');
  });

  afterEach(async () => {
    await kurs.kill('SIGKILL');
    await database?.drop();
    database = undefined;
    await proxy.stop();
    await bank.stop();
    rmSync(folder, { recursive: true });
  });

  const spawn = (url: string, environment: Record<string, string> = {}) => {
    kurs = KursProcess.spawn({ CBR_BASE_URL: bank.url, DATABASE_URL: url, ...environment });
  };
  const expectQuietEnd = async (begun = performance.now()) => {
    expect(await kurs.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
    expect(kurs.output).toMatch(/SIG\w+: stopping/);
    expect(kurs.output).not.toMatch(/FATAL|ERROR/);
  };
  const interrupt = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const begun = performance.now();
    kurs.signal(signal);
    await expectQuietEnd(begun);
  };

  it('while modules are loaded, and creates no database', async () => {
    const hook = join(folder, 'at-once.cjs');
    writeFileSync(hook, AT_ONCE);
    spawn(`sqlite:${join(folder, 'data/kurs.db')}`, { NODE_OPTIONS: `--require=${hook}` });
    await expectQuietEnd();
    expect(readdirSync(folder)).toEqual(['at-once.cjs']);
  });

  it('while a demo is prepared, and removes its folder', async () => {
    const { PATH = '', HOME = '' } = process.env;
    kurs = KursProcess.spawn({ PATH, HOME, DEMO: '1', TMPDIR: folder });
    await eventually('the demo has its folder', () => readdirSync(folder).length > 0, 60_000);
    await interrupt('SIGINT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('while PostgreSQL does not answer', async () => {
    database = await createPostgres();
    proxy.swallow();
    spawn(proxy.through(database.url));
    await eventually('PostgreSQL is asked', () => proxy.swallowedBytes > 0, 60_000);
    await interrupt();
  });

  it('while another process migrates the database, and leaves nothing half-migrated', async () => {
    database = await createPostgres();
    const holder = new Client(database.url);
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    spawn(database.url);
    const isWaiting = async () => {
      const waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
      return (await holder.query(waiting)).rows.length > 0;
    };
    await eventually('it waits for the other process', isWaiting, 60_000);
    await interrupt();
    const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    expect((await holder.query(tables)).rows).toEqual([]);
    await holder.end();
  });

  it('while the book is loaded', async () => {
    database = await migratedDatabase('PostgreSQL');
    const url = `http://127.0.0.1:${await freePort()}`;
    proxy.delay(50);
    spawn(proxy.through(database.url), { PORT: new URL(url).port });
    const isLoading = async () => {
      const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
      return (await ready?.text())?.includes('rates.loading') ?? false;
    };
    await eventually('the book is being loaded', isLoading, 60_000);
    await interrupt();
  });

  it('while the broker does not answer', async () => {
    const broker = await silentServer();
    database = await createSqlite();
    spawn(database.url, { NATS_URL: `nats://127.0.0.1:${broker.port}` });
    await broker.asked;
    await interrupt();
    await broker.stop();
  });

  it('during the first fetch, from a bank that does not answer', async () => {
    bank.misbehave(() => undefined);
    database = await createSqlite();
    spawn(database.url);
    await eventually('the bank is asked', () => bank.questions.length > 0, 60_000);
    await interrupt();
  });
});

/** Accepts connections and says nothing. */
async function silentServer(): Promise<{
  port: number;
  asked: Promise<unknown>;
  stop: () => Promise<void>;
}> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) =>
    sockets.push(socket.on('error', () => undefined)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked: once(server, 'connection'),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
