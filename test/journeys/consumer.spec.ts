import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager, type StreamAPI } from '@nats-io/jetstream';
import { Sqlite } from '../../src/database/sqlite.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { readLog } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';

interface Price {
  value: string;
  nominal: number;
  effective_date: string;
  source: string;
}

interface State {
  seq: number;
  log_id: string;
  rates: Record<string, Price>;
  /** How many events it was told of. */
  told: Record<string, number>;
}

describe('the consumer in docs/', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let file: string;
  let consumer: ChildProcess;
  let complaints: string;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(10)));
    broker = await NatsServer.start();
    database = await createSqlite();
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    });
    await drained();
    file = join(mkdtempSync(join(tmpdir(), 'kurs-consumer-')), 'rates.json');
  });

  afterEach(async () => {
    consumer.kill('SIGKILL');
    await kurs.stop();
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  const consume = (where = { NATS_URL: broker.url, KURS_URL: kurs.url }) => {
    const env = { PATH: process.env.PATH, ...where };
    const words = ['docs/consumer.mjs', file];
    consumer = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    complaints = '';
    consumer.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  };
  const state = (): State =>
    existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as State)
      : { seq: 0, log_id: '', rates: {}, told: {} };
  const drained = () =>
    eventually('the backlog is drained', async () => {
      const { nats } = await getJson<{ nats: { backlog: number } }>(`${kurs.url}/v1/status`);
      return nats.backlog === 0;
    });
  const createRate = async (code: string, value: string, effective_date?: string) => {
    const body = withBody('POST', { code, name: code, value, effective_date });
    return (await getJson<RateBody>(`${kurs.url}/rates/create`, body)).id;
  };
  const editRate = (id: number, value: string) =>
    getJson(`${kurs.url}/rates/update?rate_id=${id}`, withBody('PATCH', { value }));
  const deleteRate = (id: number) =>
    fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });

  /** What REST answers for every code of the log, and how often it stands there. */
  const expectReplay = async () => {
    const log = await readLog(database.url);
    await eventually('the consumer has everything', () => state().seq === log.length);
    const told: Record<string, number> = {};
    for (const { code } of log) told[code] = (told[code] ?? 0) + 1;
    const rates: Record<string, Price> = {};
    for (const code of Object.keys(told)) {
      const answer = await fetch(`${kurs.url}/v1/rates/${code}?date=latest&source=all`);
      if (answer.status === 404) continue;
      const { value, nominal, effective_date, source } = (await answer.json()) as Price;
      rates[code] = { value, nominal, effective_date, source };
    }
    expect(state()).toMatchObject({ told });
    expect(state().rates).toEqual(rates);
  };

  it('processes every event once, however often it is killed', async () => {
    for (let round = 1; round <= 3; round++) {
      consume();
      const before = state().seq;
      const writing = (async () => {
        for (let index = 0; index < 20; index++) {
          const id = await createRate(`C${index}`, `${round}.${index}5`);
          if (index % 4 !== 0) continue;
          await deleteRate(id);
        }
      })();
      await eventually('some events', () => state().seq > before + 3);
      const ended = once(consumer, 'exit');
      consumer.kill('SIGKILL');
      await ended;
      await writing;
    }
    consume();
    await expectReplay();
  });

  it('has the newest price, whatever the day of an event', async () => {
    consume();
    const old = await createRate('GOLD', '100', '2026-04-24');
    const newest = await createRate('GOLD', '200', '2026-04-28');
    await editRate(old, '150');
    await expectReplay();
    expect(state().rates.GOLD).toMatchObject({ value: '200', effective_date: '2026-04-28' });
    await deleteRate(newest);
    await expectReplay();
    expect(state().rates.GOLD).toMatchObject({ value: '150', effective_date: '2026-04-24' });
    await deleteRate(old);
    await expectReplay();
    expect(state().rates.GOLD).toBeUndefined();
  });

  it('has the price of a day without an event after an older one is edited', async () => {
    const [{ id } = { id: 0 }] = await getJson<RateBody[]>(`${kurs.url}/rates/get/X000`);
    bank.publish(sheetXml('28.04.2026', manyValutes(10)));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    // Whoever has asked for a price before that day is not told of it by any event.
    consume();
    await editRate(id, '5');
    await expectReplay();
    expect(state().rates.X000).toMatchObject({ effective_date: '2026-04-28', source: 'cbr' });
  });

  it('starts before the stream exists and before Kurs answers, with a password', async () => {
    await kurs.stop();
    await broker.stop();
    const authorization = 'authorization { user: kurs, password: "p@ss:word" }';
    broker = await NatsServer.start({ config: authorization });
    const natsUrl = broker.url.replace('//', '//kurs:p%40ss%3Aword@');
    const port = await freePort();
    consume({ NATS_URL: natsUrl, KURS_URL: `http://127.0.0.1:${port}` });
    await eventually('it waits for the stream', () =>
      complaints.includes('Waiting: stream not found'),
    );
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      NATS_URL: natsUrl,
      PORT: String(port),
      DATABASE_URL: database.url,
    });
    await createRate('NEW', '2.5');
    await expectReplay();
    expect(consumer.exitCode).toBeNull();
  });

  const withStreams = async (work: (streams: StreamAPI) => Promise<unknown>) => {
    const reader = await StreamReader.connect(broker.url);
    await work((await jetstreamManager(reader.nats)).streams);
    await reader.close();
  };

  it('reads events that the stream no longer has from the event log', async () => {
    await createRate('OLD', '1.5');
    await drained();
    await withStreams((streams) => streams.purge('RATES'));
    await createRate('NEW', '2.5');
    consume();
    await expectReplay();
  });

  it('continues after the stream and its consumer were deleted', async () => {
    consume();
    await expectReplay();
    await withStreams((streams) => streams.delete('RATES'));
    await createRate('NEW', '2.5');
    await expectReplay();
    expect(complaints).toMatch(/^Waiting: /);
    expect(consumer.exitCode).toBeNull();
  });

  it('reloads the rates if neither stream nor log has the missing events', async () => {
    await createRate('OLD', '1.5');
    await drained();
    await withStreams((streams) => streams.purge('RATES'));
    const log = new Sqlite(database.url.replace('sqlite:', ''));
    const { seq } = log.prepare('SELECT MAX(seq) AS seq FROM event_log').get() as { seq: number };
    log.prepare('DELETE FROM event_log WHERE seq < ?').run(seq);
    log.close();
    await createRate('NEW', '2.5');
    consume();
    await eventually('the consumer has the event', () => state().seq === seq + 1);
    expect(complaints).toContain(
      `Event 1 is kept nowhere: the rates are read anew, up to event ${seq}`,
    );
    const answer = await getJson<(Price & { code: string })[]>(
      `${kurs.url}/v1/rates?date=latest&source=all`,
    );
    const priceOf = ({ value, nominal, effective_date, source }: Price): Price => ({
      ...{ value, nominal, effective_date, source },
    });
    expect(state().rates).toEqual(
      Object.fromEntries(answer.map((rate) => [rate.code, priceOf(rate)])),
    );
    expect(Object.keys(state().rates)).toEqual(expect.arrayContaining(['NEW', 'OLD', 'X000']));
    expect(state().told).toEqual({ NEW: 1 });
  });
});
