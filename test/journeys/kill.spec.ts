import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog, readRates } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';

/** A drill on demand: KURS_DRILL_ROUNDS=40 npx jest test/journeys. */
const ROUNDS = Number(process.env.KURS_DRILL_ROUNDS ?? 4);
const WRITERS = 40;

describe.each(databases)('kill -9 of the service on $engine', ({ create }) => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(10)));
    broker = await NatsServer.start();
    database = await create();
  });

  afterEach(async () => {
    await kurs.kill('SIGKILL');
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  it('loses no acknowledged write, and every event is in the stream, once, in order', async () => {
    const environment = {
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    };
    const acknowledged = new Map<number, string>();
    for (let round = 0; round < ROUNDS; round++) {
      kurs = await KursProcess.start(environment);
      const before = acknowledged.size;
      const url = kurs.url;
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let index = 1; ; index++) {
          const body = { code: `W${writer}`, name: 'w', value: `${round + 1}.${index}5` };
          const rate = await getJson<RateBody>(`${url}/rates/create`, withBody('POST', body));
          acknowledged.set(rate.id, body.value);
        }
      });
      const ended = Promise.allSettled(writers);
      await eventually('a hundred writes', () => acknowledged.size >= before + 100);
      expect((await kurs.kill('SIGKILL')).signal).toBe('SIGKILL');
      await ended;
    }
    kurs = await KursProcess.start(environment);
    let seen = '';
    const isDrained = async () => {
      const { nats } = await getJson<{ nats: { backlog: number; state: string } }>(
        `${kurs.url}/v1/status`,
      );
      seen = JSON.stringify(nats);
      return nats.backlog === 0 && nats.state === 'connected';
    };
    await eventually('the backlog is drained', isDrained).catch((thrown: unknown) => {
      throw new Error(`${(thrown as Error).message}: ${seen}\n${kurs.output}`);
    });

    const stored = new Map((await readRates(database.url)).map(({ id, value }) => [id, value]));
    for (const [id, value] of acknowledged) expect([id, stored.get(id)]).toEqual([id, value]);
    const log = await readLog(database.url);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(new Set(log.map(({ rate_id }) => rate_id))).toEqual(new Set(stored.keys()));
    const reader = await StreamReader.connect(broker.url);
    const stream = await reader.stored(log.length);
    await reader.close();
    expect(stream.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
  });
});
