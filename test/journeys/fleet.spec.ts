import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog, readRates } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { at, encode1251, manyValutes, sheetXml } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamReader } from '../support/stream-reader.js';

const CURRENCIES = 10;

/** Ten currencies at prices from `first` upwards. */
const prices = (first: number) =>
  manyValutes(CURRENCIES).map((valute, index) => at(valute, `${first + index},0000`));

interface Status {
  last_run: { result: string; finished_at: string } | null;
  next_run_at: string | null;
  nats: { state: string; backlog: number };
}

describe('several instances on one PostgreSQL', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let fleet: KursProcess[];

  const prepare = async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', manyValutes(CURRENCIES)));
    broker = await NatsServer.start();
    database = await createPostgres();
    fleet = [];
  };

  const clear = async () => {
    await Promise.all(fleet.map((kurs) => kurs.kill('SIGKILL')));
    await broker.stop();
    await database.drop();
    await bank.stop();
  };

  const start = async (environment: Record<string, string> = {}) => {
    const kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
      ...environment,
    });
    fleet.push(kurs);
    return kurs;
  };

  const statusOf = (kurs: KursProcess) => getJson<Status>(`${kurs.url}/v1/status`);

  const run = (kurs: KursProcess) =>
    getJson<{ status: string; saved: number }>(`${kurs.url}/tasks/run`, { method: 'POST' });

  const createRate = (kurs: KursProcess, code: string) =>
    getJson<RateBody>(
      `${kurs.url}/rates/create`,
      withBody('POST', { code, name: code, value: '1.5' }),
    );

  const expectStreamIsLog = async (kurs: KursProcess) => {
    await eventually(
      'the backlog is drained',
      async () => (await statusOf(kurs)).nats.backlog === 0,
    );
    const log = await readLog(database.url);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const reader = await StreamReader.connect(broker.url);
    const stored = await reader.stored(log.length);
    await reader.close();
    expect(stored.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
  };

  describe('that poll every three seconds', () => {
    beforeAll(prepare);
    afterAll(clear);

    it('elect one that requests the bank, and report each other’s runs', async () => {
      const often = { CBR_POLL_SECONDS: '3' };
      const first = await start(often);
      await first.printed(/saved 10 records/);
      const others = [await start(often), await start(often)];
      const asked = bank.questions.length;
      await eventually('three more runs', () => bank.questions.length >= asked + 3);
      // Every question was the first one's, which asks once per interval.
      const runs = () => first.output.match(/Rates update finished/g)?.length ?? 0;
      await eventually('the run is finished', () => runs() === bank.questions.length);
      for (const other of others) {
        expect(other.output).not.toMatch(/Rates update finished/);
        const { last_run, next_run_at } = await statusOf(other);
        expect(last_run?.result).toBe('success');
        expect(next_run_at).not.toBeNull();
      }
    });
  });

  describe('that fetch on request only', () => {
    let first: KursProcess;
    let second: KursProcess;

    beforeAll(async () => {
      await prepare();
      first = await start();
      await first.printed(/saved 10 records/);
      second = await start();
    });
    afterAll(clear);

    it.each([
      { broker: 'with NATS', isUp: true, commits: 20 },
      { broker: 'without NATS', isUp: false, commits: 5 },
    ])('bring what one commits to the sockets of the other, $broker', async ({ isUp, commits }) => {
      await expectStreamIsLog(second);
      if (!isUp) await broker.kill();
      const begun = (await readLog(database.url)).length;
      const client = await SocketClient.connect(second.url);
      for (let count = 1; count <= commits; count++) {
        await createRate(first, `${isUp ? 'FAR' : 'LONE'}${count}`);
        await client.received(count);
      }
      const log = await readLog(database.url);
      expect(client.messages).toEqual(log.slice(begun).map(({ payload }) => payload));
      await client.close();
      if (!isUp) await broker.up();
    });

    it('reject a late run: a sheet requested before a pause never replaces a newer one', async () => {
      const begun = (await readLog(database.url)).length;
      let heard: (() => void) | undefined;
      const isAsked = new Promise<void>((resolve) => (heard = resolve));
      const stale = sheetXml('25.04.2026', prices(100));
      const fresh = sheetXml('25.04.2026', prices(200));
      let release = (): void => undefined;
      bank.misbehave((_, response) => {
        release = () => response.end(encode1251(stale));
        heard?.();
      });
      const late = run(first);
      await isAsked;
      bank.misbehave();
      bank.publish(fresh);
      expect((await run(second)).saved).toBe(CURRENCIES);
      release();
      expect((await late).saved).toBe(0);
      const rates = await readRates(database.url);
      const stored = rates.filter(({ effective_date }) => effective_date === '2026-04-25');
      expect(stored.map(({ value }) => value)).toEqual(
        prices(200).map(({ value }) => value.replace(',', '.')),
      );
      expect(await readLog(database.url)).toHaveLength(begun + CURRENCIES);
    });
  });
});
