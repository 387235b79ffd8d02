import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';

interface Event {
  event: string;
  code: string;
  value: number;
  nominal: number;
  effective_date: string;
}

interface State {
  seq: number;
  log_id: string;
  rates: Record<string, Omit<Event, 'event' | 'code'>>;
}

describe('the consumer in docs/', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;
  let file: string;
  let consumer: ChildProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(10)));
    broker = await NatsServer.start();
    database = await createSqlite();
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    });
    await kurs.printed(/saved 10 records/);
    await drained();
    file = join(mkdtempSync(join(tmpdir(), 'kurs-consumer-')), 'rates.json');
  });

  afterEach(async () => {
    consumer.kill('SIGKILL');
    await kurs.kill('SIGKILL');
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  const consume = () => {
    const env = { PATH: process.env.PATH, NATS_URL: broker.url, KURS_URL: kurs.url };
    const words = ['docs/consumer.mjs', file];
    consumer = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const state = (): State =>
    existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as State)
      : { seq: 0, log_id: '', rates: {} };
  const drained = () =>
    eventually('the backlog is drained', async () => {
      const { nats } = await getJson<{ nats: { backlog: number } }>(`${kurs.url}/v1/status`);
      return nats.backlog === 0;
    });
  const createRate = async (code: string, value: string) => {
    const body = withBody('POST', { code, name: code, value });
    return (await getJson<RateBody>(`${kurs.url}/rates/create`, body)).id;
  };

  const expectReplay = async () => {
    const log = await readLog(database.url);
    await eventually('the consumer has everything', () => state().seq === log.length);
    const rates = new Map<string, unknown>();
    for (const { payload } of log) {
      const { event, code, value, nominal, effective_date } = JSON.parse(payload) as Event;
      if (event === 'rate_deleted') rates.delete(code);
      else rates.set(code, { value, nominal, effective_date });
    }
    expect(state().rates).toEqual(Object.fromEntries(rates));
  };

  it('has everything once, however often it is killed', async () => {
    for (let round = 1; round <= 3; round++) {
      consume();
      const before = state().seq;
      const writing = (async () => {
        for (let index = 0; index < 20; index++) {
          const id = await createRate(`C${index}`, `${round}.${index}5`);
          if (index % 4 !== 0) continue;
          await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
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

  it('fetches what the stream does not keep from the event log', async () => {
    await createRate('OLD', '1.5');
    await drained();
    const reader = await StreamReader.connect(broker.url);
    await (await jetstreamManager(reader.nats)).streams.purge('RATES');
    await reader.close();
    await createRate('NEW', '2.5');
    consume();
    await expectReplay();
  });
});
