import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { connect, RequestError } from '@nats-io/transport-node';
import { Client } from 'pg';
import { createPostgres, createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { at, encode1251, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';

const WITHIN_MS = 10_000;

describe('SIGTERM', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
  });

  afterEach(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  const start = async (environment: Record<string, string> = {}) => {
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      ...environment,
    });
    await kurs.printed(/saved 1 records/);
  };

  /** A run that waits for the bank until `release`, as the request of a client. */
  const runThatWaits = async () => {
    let release = (): void => undefined;
    bank.misbehave((_, response) => {
      release = () => response.end(encode1251(sheetXml('28.04.2026', [at(USD, '76,0000')])));
    });
    const run = fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    await eventually('the bank is asked', () => bank.questions.length === 2);
    bank.misbehave();
    return { run, release: () => release() };
  };

  /** Sends SIGTERM, and expects code 0 in time. */
  const terminate = async () => {
    const begun = performance.now();
    expect(await kurs.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
  };

  it('finishes the current run and in-flight requests, and closes sockets with 1012', async () => {
    await start();
    const socket = await SocketClient.connect(kurs.url);
    const { run, release } = await runThatWaits();
    const ended = terminate();
    await kurs.printed(/SIGTERM: stopping/);
    release();
    const response = await run;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ saved: 1, effective_date: '2026-04-28' });
    expect(await socket.closed).toBe(1012);
    expect(socket.messages).toHaveLength(1);
    await ended;
  });

  it('leaves questions over NATS to other instances while requests are in flight', async () => {
    const broker = await NatsServer.start();
    const nats = await connect({ servers: broker.url });
    try {
      await start({ NATS_URL: broker.url });
      const ask = () => nats.request('rates.status', '', { timeout: 5_000 });
      await eventually('it answers', () => ask().then(Boolean, () => false));
      const { run, release } = await runThatWaits();
      const ended = terminate();
      await eventually('nobody answers', () =>
        ask().then(
          () => false,
          (thrown: unknown) => thrown instanceof RequestError && thrown.isNoResponders(),
        ),
      );
      release();
      expect((await run).status).toBe(200);
      await ended;
    } finally {
      await nats.close();
      await broker.stop();
    }
  });

  it('ignores a second signal: npm forwards the Ctrl-C that the terminal sends to both', async () => {
    await start();
    const { run, release } = await runThatWaits();
    kurs.signal('SIGINT');
    await kurs.printed(/SIGINT: stopping/);
    const ended = kurs.kill('SIGINT');
    release();
    expect((await run).status).toBe(200);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('ends the service at once on the third signal', async () => {
    await start({ DRAIN_SECONDS: '3600' });
    kurs.signal('SIGINT');
    await kurs.printed(/SIGINT: stopping/);
    kurs.signal('SIGTERM');
    expect(await kurs.kill('SIGINT')).toEqual({ code: 1, signal: null });
  });

  it('reports unready for DRAIN_SECONDS, and still answers requests', async () => {
    // Longer than five requests take on a busy machine.
    await start({ DRAIN_SECONDS: '5' });
    const ready = () => fetch(`${kurs.url}/health/ready`);
    expect(await (await ready()).json()).toMatchObject({ status: 'ok' });
    const ended = terminate();
    await kurs.printed(/SIGTERM: stopping/);
    await eventually('it is not ready', async () => (await ready()).status === 503);
    expect(await (await ready()).json()).toMatchObject({ code: 'health.draining' });
    expect((await fetch(`${kurs.url}/health/live`)).status).toBe(200);
    const answer = await fetch(`${kurs.url}/v1/rates?date=2026-04-25`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await ended;
  });

  it('does not wait for a bank that hangs', async () => {
    await start();
    bank.misbehave(() => undefined);
    const run = fetch(`${kurs.url}/tasks/run`, { method: 'POST' }).catch(() => undefined);
    await eventually('the bank is asked', () => bank.questions.length === 2);
    await terminate();
    await run;
  });

  it('leaves its work to other instances, though a bank hangs', async () => {
    const postgres = await createPostgres();
    const client = new Client(postgres.url);
    try {
      await start({ DATABASE_URL: postgres.url });
      bank.misbehave(() => undefined);
      const run = fetch(`${kurs.url}/tasks/run`, { method: 'POST' }).catch(() => undefined);
      await eventually('the bank is asked', () => bank.questions.length === 2);
      await terminate();
      await run;
      expect(kurs.output).not.toMatch(/ERROR|not renewed|not kept/);
      await client.connect();
      const { rows } = await client.query('SELECT name FROM leases WHERE holder IS NOT NULL');
      expect(rows).toEqual([]);
    } finally {
      await client.end();
      await postgres.drop();
    }
  });

  it('does not wait for idle keep-alive connections', async () => {
    await start();
    const agent = new Agent({ keepAlive: true });
    const request = get(`${kurs.url}/v1/status`, { agent });
    await once(request, 'response').then(([response]) =>
      (response as NodeJS.ReadableStream).resume(),
    );
    await terminate();
    agent.destroy();
  });

  it('does not wait for a broker that hangs', async () => {
    const broker = await NatsServer.start();
    await start({ NATS_URL: broker.url });
    await kurs.printed(/NATS is connected/);
    broker.pause();
    await fetch(`${kurs.url}/rates/create?code=ABC&name=A&value=1`);
    await terminate();
    broker.resume();
    await broker.stop();
  });
});
