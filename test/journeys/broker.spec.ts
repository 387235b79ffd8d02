import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { CommandProcess } from '../support/command-process.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { RunningKurs } from '../support/kurs.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { at, manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { Sqlite } from '../../src/database/sqlite.js';

interface Status {
  nats: { state: string; backlog: number };
}

describe('the broker', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  const kurs = new RunningKurs();
  /** Service whose log is read. */
  let logging: KursProcess | undefined;
  let proxy: TcpProxy | undefined;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(10)));
    broker = await NatsServer.prepare();
    database = await createSqlite();
  });

  afterEach(async () => {
    broker.resume();
    await kurs.stop();
    await logging?.kill('SIGKILL');
    logging = undefined;
    await proxy?.stop();
    proxy = undefined;
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  const settings = () => ({
    CBR_BASE_URL: bank.url,
    NATS_URL: broker.url,
    DATABASE_URL: database.url,
  });
  const start = (environment: Record<string, string> = {}) =>
    kurs.start({ ...settings(), ...environment });

  const createRate = (code: string) =>
    getJson<RateBody>(
      `${kurs.url}/rates/create`,
      withBody('POST', { code, name: code, value: '1.5' }),
    );

  const nats = async ({ url }: { url: string } = kurs) =>
    (await getJson<Status>(`${url}/v1/status`)).nats;
  const drained = (service?: { url: string }) =>
    eventually('the backlog is drained', async () => (await nats(service)).backlog === 0, 30_000);

  const moveCursorBack = (seq: number) => {
    const stored = new Sqlite(database.url.slice('sqlite:'.length));
    stored.prepare('UPDATE store SET relayed_seq = ?').run(seq);
    stored.close();
  };

  const expectStreamIsLog = async (service?: { url: string }) => {
    await drained(service);
    const log = await readLog(database.url);
    const reader = await StreamReader.connect(broker.url);
    const stored = await reader.stored(log.length);
    await reader.close();
    expect(stored.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  };

  it('may lack JetStream, even with a subscriber of all subjects: events are published to core NATS', async () => {
    await broker.stop();
    broker = await NatsServer.prepare({ jetstream: false });
    await broker.up();
    const reader = await StreamReader.connect(broker.url);
    await start();
    await drained();
    await eventually('ten events', () => reader.heard.length >= 20);
    const events = reader.heard.filter(({ subject }) => subject.startsWith('rates.events.'));
    const log = await readLog(database.url);
    expect(events.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
    await reader.close();
    expect(await nats()).toMatchObject({ state: 'connected', jetstream: false });
  });

  it('keeps an operator’s settings of the stream', async () => {
    await broker.up();
    const reader = await StreamReader.connect(broker.url);
    const { streams } = await jetstreamManager(reader.nats);
    const max_age = 86_400_000_000_000;
    await streams.add({
      name: 'RATES',
      subjects: ['elsewhere'],
      storage: StorageType.File,
      max_age,
    });
    await start();
    await drained();
    const { config } = await streams.info('RATES');
    expect(config).toMatchObject({ max_age, subjects: ['elsewhere', 'rates.events.>'] });
    await reader.close();
  });

  it.each([
    [['*.events.>']],
    [['rates.events.*.*', 'elsewhere']],
    [['created', 'updated', 'deleted'].map((kind) => `rates.events.rate_${kind}.>`)],
  ])('keeps the events in a stream with the subjects %j, and leaves it those', async (subjects) => {
    await broker.up();
    const reader = await StreamReader.connect(broker.url);
    const { streams } = await jetstreamManager(reader.nats);
    await streams.add({ name: 'RATES', subjects });
    await start();
    await expectStreamIsLog();
    expect((await streams.info('RATES')).config.subjects).toEqual(subjects);
    await reader.close();
  });

  it('gets no events while the stream would answer requests: the reason is logged, and a changed stream resumes', async () => {
    await broker.up();
    const reader = await StreamReader.connect(broker.url);
    const { streams } = await jetstreamManager(reader.nats);
    await streams.add({ name: 'RATES', subjects: ['rates.>'] });
    logging = await KursProcess.start(settings());
    await logging.printed(
      /The stream RATES cannot keep the events: its subject "rates\.>" also takes/,
    );
    expect((await streams.info('RATES')).config.subjects).toEqual(['rates.>']);
    const doctor = new CommandProcess('doctor', settings(), []);
    await doctor.exited;
    expect(doctor.output).toMatch(/^bad +broker .*the stream RATES cannot keep the events: /m);
    await streams.update('RATES', { subjects: ['rates.events.>'] });
    await streams.purge('RATES');
    await expectStreamIsLog(logging);
    await reader.close();
  });

  it('stores no event twice if the stream is ahead of the cursor, even after a foreign message', async () => {
    await broker.up();
    await start();
    await drained();
    await kurs.stop();
    moveCursorBack(3);
    await start();
    await expectStreamIsLog();
    await kurs.stop();
    moveCursorBack(3);
    const reader = await StreamReader.connect(broker.url);
    reader.nats.publish('rates.events.strange.X', 'from elsewhere');
    await reader.stored(11);
    await start();
    await createRate('AFTER');
    await drained();
    const ours = (await reader.stored(12)).filter((message) => message.header('Kurs-Seq') !== '');
    const log = await readLog(database.url);
    expect(ours.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
    await reader.close();
  });

  it('loses no event if a foreign message arrives during a batch', async () => {
    await broker.up();
    proxy = await TcpProxy.start(broker.port);
    await start({ NATS_URL: `nats://127.0.0.1:${proxy.port}` });
    await drained();
    const reader = await StreamReader.connect(broker.url);
    const dearer = manyValutes(10).map((valute, index) => at(valute, `${1_000 + index},0000`));
    bank.publish(sheetXml('28.04.2026', dearer));
    proxy.delay(500);
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    reader.nats.publish('rates.events.strange.X', 'from elsewhere');
    await reader.stored(11);
    await drained();
    const ours = (await reader.stored(21)).filter((message) => message.header('Kurs-Seq') !== '');
    const log = await readLog(database.url);
    expect(ours.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
    await reader.close();
  });

  it('has the stream of another log: its events do not count as this log’s', async () => {
    await broker.up();
    await start();
    await drained();
    await kurs.stop();
    await database.drop();
    database = await createSqlite();
    await start();
    await drained();
    const reader = await StreamReader.connect(broker.url);
    const log = await readLog(database.url);
    const stored = await reader.stored(20);
    expect(stored.slice(10).map(({ payload }) => payload)).toEqual(
      log.map(({ payload }) => payload),
    );
    await reader.close();
  });
});
