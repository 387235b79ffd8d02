import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientProxy, ClientsModule, Transport } from '@nestjs/microservices';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { firstValueFrom } from 'rxjs';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type ProblemBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { at, EUR, manyValutes, sheetXml, USD } from '../support/sheet-builder.js';

/** Enough for two rates, not for ten. */
const MOST_BYTES = 2_000;
const CALLERS = 200;
const KURS = Symbol('the service that is asked');

describe('request and reply over NATS', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;
  let shop: INestApplicationContext;
  let client: ClientProxy;
  let nats: NatsConnection;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD, EUR]));
    broker = await NatsServer.start({ config: `max_payload: ${MOST_BYTES}` });
    database = await createSqlite();
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    });
    await kurs.printed(/saved 2 records/);
    bank.publish(
      sheetXml('25.04.2026', [at(USD, '80,0000'), at(EUR, '90,0000'), ...manyValutes(8)]),
    );
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    await kurs.printed(/NATS is connected/);

    @Module({
      imports: [
        ClientsModule.register([
          { name: KURS, transport: Transport.NATS, options: { servers: [broker.url] } },
        ]),
      ],
    })
    class ShopModule {}
    shop = await NestFactory.createApplicationContext(ShopModule, { logger: false });
    client = shop.get<ClientProxy>(KURS);
    nats = await connect({ servers: broker.url });
  });

  afterAll(async () => {
    await shop.close();
    await nats.close();
    await kurs.kill('SIGKILL');
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  /** As another Nest application asks. */
  const send = (subject: string, parameters?: object) =>
    firstValueFrom(client.send<unknown>(subject, parameters ?? {}));
  /** As anybody else does. */
  const request = async (subject: string, body?: string) => {
    const message = await nats.request(subject, body, { timeout: 5_000 });
    const error = message.headers?.get('Nats-Service-Error-Code') ?? '';
    return { error, answer: message.json<Record<string, unknown>>() };
  };
  const rest = (path: string) => getJson<unknown>(`${kurs.url}${path}`);

  it.each([
    {
      method: 'latest',
      parameters: { codes: ['USD', 'EUR'] },
      expected: async () => ({
        rates: await rest('/v1/rates?date=latest&codes=USD,EUR'),
        not_loaded: [],
        quarantined: [],
      }),
    },
    {
      method: 'latest',
      parameters: { date: '2026-04-25', quote: 'USD', codes: 'RUB' },
      expected: async () => ({
        rates: await rest('/v1/rates?date=2026-04-25&quote=USD&codes=RUB'),
        not_loaded: [],
        quarantined: [],
      }),
    },
    {
      method: 'history',
      parameters: { code: 'usd', from: '2026-04-25', to: '2026-04-25' },
      expected: async () => ({
        rates: await rest('/v1/rates/USD/history?from=2026-04-25&to=2026-04-25'),
        next: null,
      }),
    },
    {
      method: 'convert',
      parameters: { amount: 100, from: 'USD', to: 'RUB', date: 'latest' },
      expected: () => rest('/v1/convert?amount=100&from=USD&to=RUB&date=latest'),
    },
    { method: 'status', parameters: {}, expected: () => rest('/v1/status') },
  ])('rates.$method answers $parameters as REST does', async ({ method, parameters, expected }) => {
    const subject = `rates.${method}`;
    const answer = await expected();
    expect(await send(subject, parameters)).toEqual(answer);
    const plain = await request(subject, JSON.stringify(parameters));
    expect(plain).toEqual({ error: '', answer });
  });

  it('accepts an empty body as no parameters', async () => {
    expect(await request('rates.status')).toMatchObject({ error: '', answer: { seq: 12 } });
    expect(await request('rates.status', 'null')).toMatchObject({ error: '' });
  });

  it('returns a long history page by page', async () => {
    const wanted = { code: 'USD', from: '2026-04-24', limit: 1 };
    const { answer: first } = await request('rates.history', JSON.stringify(wanted));
    expect(first).toMatchObject({ rates: [{ effective_date: '2026-04-24' }] });
    const after = first.next;
    const { answer: second } = await request('rates.history', JSON.stringify({ ...wanted, after }));
    expect(second).toMatchObject({ rates: [{ effective_date: '2026-04-25' }], next: null });
  });

  it('reports an answer that exceeds the broker’s max_payload', async () => {
    const { error, answer } = await request('rates.latest');
    expect([error, answer.code]).toEqual(['413', 'rpc.answer_too_large']);
  });

  it.each([
    ['one long name', JSON.stringify({ ['z'.repeat(1_500)]: 1 }), 422, 'http.invalid_request'],
    [
      'many names',
      JSON.stringify(Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`k${at}`, 1]))),
      ...([422, 'http.invalid_request'] as const),
    ],
    [
      'a long id',
      JSON.stringify({ pattern: 'rates.status', id: 'i'.repeat(1_900), data: {} }),
      ...([413, 'rpc.answer_too_large'] as const),
    ],
  ])('reports %s in an answer within the broker’s max_payload', async (...row) => {
    const [, body, status, code] = row;
    const { error, answer } = await request('rates.status', body);
    expect([error, answer]).toEqual([String(status), expect.objectContaining({ status, code })]);
    expect(await request('rates.status')).toMatchObject({ error: '' });
  });

  it('answers all received requests before it stops, while another instance continues', async () => {
    const second = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: 'sqlite:second.db',
    });
    await second.printed(/NATS is connected/);
    let isOver = false;
    let count = 0;
    const asking = Array.from({ length: CALLERS }, async () => {
      while (!isOver) {
        await nats.request('rates.status', '{}', { timeout: 5_000 });
        count += 1;
      }
    });
    const answered = (more: number) => {
      const wanted = count + more;
      return eventually('they are answered', () => count >= wanted);
    };
    await answered(20 * CALLERS);
    await second.kill('SIGTERM');
    await answered(CALLERS);
    isOver = true;
    await Promise.all(asking);
  });

  const jetstream = () => jetstreamManager(nats);
  const messages = async () => (await (await jetstream()).streams.info('RATES')).state.messages;
  const ignored = async () => {
    const text = await (await fetch(`${kurs.url}/metrics`)).text();
    return Number(/^kurs_rpc_ignored_total (\d+)$/m.exec(text)?.[1]);
  };

  it('never publishes for a caller: a reply subject that is no inbox is ignored', async () => {
    const wanted = [
      '$JS.API.STREAM.PURGE.RATES',
      ...['rates.events.rate_created.USD', 'rates.updates', 'rates.hints', 'rates.latest'],
      ...['$KV.bucket.key', '$SRV.PING', 'orders', '_INBOX_other.abc'],
    ];
    await eventually('every event is sent', async () => {
      const { answer } = await request('rates.status');
      return (answer.nats as { backlog: number }).backlog === 0;
    });
    const stored = await messages();
    expect(stored).toBeGreaterThan(0);
    const heard: string[] = [];
    const everything = nats.subscribe('>', {
      callback: (_, { subject, headers, data }) => {
        // The question itself is heard as well, without an answer in it.
        if (headers?.has('Nats-Service-Error-Code') || data.length > 2) heard.push(subject);
      },
    });
    const before = await ignored();
    for (const reply of wanted) nats.publish('rates.status', '{}', { reply });
    await request('rates.status');
    expect(await messages()).toBe(stored);
    await eventually('all are ignored', async () => (await ignored()) === before + wanted.length);
    await request('rates.status');
    everything.unsubscribe();
    expect(heard.filter((subject) => !/^(_INBOX\.|\$JS\.)/.test(subject))).toEqual([]);
    expect(await messages()).toBe(stored);
    expect(kurs.output.match(/whose answer was wanted on/g)).toHaveLength(1);
    expect(kurs.output).toContain('wanted on "$JS.API.STREAM.PURGE.RATES", which is no inbox');
  });

  it('returns errors as the problem documents of REST', async () => {
    const wrong = { amount: '1', from: 'XYZ', to: 'RUB' };
    const path = '/v1/convert?amount=1&from=XYZ&to=RUB';
    // A request of NATS has no name of its own.
    const { request_id: _, ...expected } = await getJson<ProblemBody>(`${kurs.url}${path}`);
    expect(expected).toMatchObject({ status: 404, code: 'rates.unknown_code' });
    await expect(send('rates.convert', wrong)).rejects.toEqual(expected);
    expect(await request('rates.convert', JSON.stringify(wrong))).toEqual({
      error: '404',
      answer: expected,
    });
  });

  it.each([
    ['rates.latest', '{"codes":', 400, 'rpc.malformed_request'],
    ['rates.latest', '[1]', 400, 'rpc.malformed_request'],
    ['rates.latest', '{"colour":"red"}', 422, 'http.invalid_request'],
    ['rates.history', '{}', 422, 'http.invalid_request'],
    ['rates.history', '{"code":"USD","limit":100000}', 422, 'http.invalid_request'],
    ['rates.convert', '{"amount":{"$gt":1},"from":"USD","to":"RUB"}', 422, 'http.invalid_request'],
    ['rates.status', '{"verbose":true}', 422, 'http.invalid_request'],
  ])('%s rejects %s', async (subject, body, status, code) => {
    const { error, answer } = await request(subject, body);
    expect(error).toBe(String(status));
    expect(answer).toMatchObject({ status, code });
  });
});
