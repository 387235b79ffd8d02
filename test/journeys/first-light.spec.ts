import { bankDocuments } from '../support/bank-documents.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { NatsServer } from '../support/nats-server.js';
import { at, manyValutes, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamReader } from '../support/stream-reader.js';

describe.each(databases)('the first sheet on $engine', ({ create }) => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let reader: StreamReader;

  beforeEach(async () => {
    bank = await FakeBank.start();
    broker = await NatsServer.start();
    database = await create();
    reader = await StreamReader.connect(broker.url);
  });

  afterEach(async () => {
    await kurs.stop();
    await reader.close();
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  const start = async () => {
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    });
  };
  const run = () => getJson<{ saved: number }>(`${kurs.url}/tasks/run`, { method: 'POST' });

  it('is sent with the same bytes and order to sockets, the stream and the plain subject', async () => {
    const valutes = manyValutes(54);
    bank.publish(sheetXml('25.04.2026', valutes));
    await start();
    // The bus serves sockets and relay together: what the stream has, no later client is sent.
    await reader.stored(54);
    const socket = await SocketClient.connect(kurs.url);
    expect(await run()).toMatchObject({ saved: 0, unchanged: 54 });

    const changed = valutes.map((each, index) => (index % 3 === 0 ? at(each, '99,9999') : each));
    bank.publish(sheetXml('28.04.2026', changed));
    expect(await run()).toMatchObject({ saved: 18, unchanged: 36 });

    const frames = await socket.received(18);
    const stored = (await reader.stored(72)).slice(54);
    expect(stored.map(({ payload }) => payload)).toEqual(frames);
    const events = frames.map((frame) => JSON.parse(frame) as Record<string, unknown>);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => 55 + index));
    expect(events.map(({ code }) => code)).toEqual(
      changed.filter((_, index) => index % 3 === 0).map(({ code }) => code),
    );
    stored.forEach((message, index) => {
      const { event, code, seq, event_id } = events[index] as Record<string, string | number>;
      expect(message.subject).toBe(`rates.events.${event}.${code}`);
      expect(message.header('Kurs-Seq')).toBe(String(seq));
      expect(message.header('Nats-Msg-Id')).toBe(event_id);
      expect(message.header('ce-id')).toBe(event_id);
      expect(message.header('ce-specversion')).toBe('1.0');
      expect(message.header('ce-type')).toBe(`kurs.${event}`);
      expect(message.header('ce-subject')).toBe(code);
      expect(message.header('ce-source')).toMatch(/^urn:kurs:[0-9a-f-]{36}$/);
    });
    const mirrored = () => reader.heard.filter(({ subject }) => subject === 'rates.updates');
    await eventually('the mirror', () => mirrored().length >= 72);
    expect(
      mirrored()
        .slice(54)
        .map(({ payload }) => payload),
    ).toEqual(frames);
    await socket.close();
  });

  it.each(bankDocuments)(
    'is stored with every digit: the bank’s sheet of 25.04.2026, $edition',
    async (documents) => {
      const bytes = documents.sheet('2026-04-25');
      bank.publish(bytes);
      await start();
      const rates = await getJson<RateBody[]>(`${kurs.url}/rates/get`);
      const text = new TextDecoder('windows-1251').decode(bytes);
      const printed = [...text.matchAll(/<Valute .*?<\/Valute>/g)].map(([valute]) => {
        const inside = (name: string) =>
          new RegExp(`<${name}>(.*?)</${name}>`).exec(valute)?.[1] ?? '';
        return {
          code: inside('CharCode'),
          nominal: Number(inside('Nominal')),
          name: inside('Name'),
          value: Number(inside('Value').replace(',', '.')),
        };
      });
      expect(printed).toHaveLength(54);
      expect(
        rates.reverse().map(({ code, nominal, name, value }) => ({ code, nominal, name, value })),
      ).toEqual(printed);
      expect(rates.find(({ code }) => code === 'IRR')).toMatchObject({
        nominal: 1_000_000,
        value: 53.9256,
        effective_date: '2026-04-25',
      });
    },
  );

  it('reaches only its own deployment if two share a broker', async () => {
    bank.publish(sheetXml('25.04.2026', [USD]));
    await start();
    const other = await create();
    const neighbour = await startKurs({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: other.url,
      NATS_STREAM: 'TEST',
      NATS_SUBJECT_PREFIX: 'test.rates',
      NATS_MIRROR_SUBJECT: '',
    });
    const [mine] = await reader.stored(1);
    const [theirs] = await reader.stored(1, 'TEST');
    expect(mine?.subject).toBe('rates.events.rate_created.USD');
    expect(theirs?.subject).toBe('test.rates.events.rate_created.USD');
    expect(mine?.payload).not.toBe(theirs?.payload);
    await neighbour.stop();
    await other.drop();
  });
});
