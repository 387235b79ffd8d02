import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { HistoryQuery, LatestQuery } from '../../src/rpc/rpc-queries.dto.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamReader } from '../support/stream-reader.js';

interface AsyncApi {
  servers: { socket: { host: string } };
  components: {
    messages: Record<string, { payload?: object; headers?: object }>;
    schemas: Record<string, { properties: Record<string, Parameter> }>;
  };
}

interface Parameter {
  description: string;
  default?: unknown;
}

/** A message as it was seen, by its name in the document. */
interface Captured {
  message: string;
  payload: Record<string, unknown>;
  headers?: Record<string, string>;
}

const HEADERS = ['Nats-Msg-Id', 'Kurs-Seq', 'content-type', 'ce-id', 'ce-source'].concat(
  ...['ce-specversion', 'ce-type', 'ce-time', 'ce-subject'],
);

describe('the AsyncAPI document', () => {
  const document = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8')) as AsyncApi;
  const captured: Captured[] = [];
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2026', [USD, EUR]));
    broker = await NatsServer.start();
    database = await createSqlite();
    kurs = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: database.url,
    });
    await kurs.printed(/saved 2 records/);
    await capture();
  });

  afterAll(async () => {
    await kurs.kill('SIGKILL');
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  /** Two events of the first sheet, one correction, and a manual rate created and deleted. */
  const capture = async () => {
    const reader = await StreamReader.connect(broker.url);
    const client = await SocketClient.connect(kurs.url);
    bank.publish(sheetXml('25.04.2026', [at(USD, '80,0000'), EUR]));
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    const manual = withBody('POST', { code: 'XAU', name: 'Золото', value: '1.5' });
    const { id } = await getJson<RateBody>(`${kurs.url}/rates/create`, manual);
    await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
    const isMirrored = () => reader.heard.some(({ payload }) => payload.includes('rate_deleted'));
    await eventually('the mirror', isMirrored);
    const keep = (message: string, text: string, headers?: Record<string, string>) => {
      const payload = JSON.parse(text) as Captured['payload'];
      captured.push({ message, payload, ...(headers && { headers }) });
    };
    for (const frame of await client.received(3)) keep('rateEvent', frame);
    for (const { subject, payload } of reader.heard) {
      if (subject === 'rates.updates') keep('rateEvent', payload);
    }
    for (const { payload, header } of await reader.stored(5)) {
      const headers = Object.fromEntries(HEADERS.map((name) => [name, header(name)]));
      keep('storedRateEvent', payload, headers);
    }
    const requests: [string, object][] = [
      ['latest', { codes: 'USD,EUR', quote: 'RUB', date: 'latest' }],
      ['history', { code: 'USD', from: '2026-04-24', limit: 1 }],
      ['history', { code: 'USD', from: '2026-04-24', group: 'month' }],
      ['convert', { amount: '10', from: 'USD', to: 'EUR', round: 'half_even' }],
      ['status', {}],
      ['convert', { amount: '-1', from: 'USD', to: 'EUR' }],
    ];
    for (const [name, parameters] of requests) {
      const request = JSON.stringify(parameters);
      keep(`${name}Request`, request);
      const reply = await reader.nats.request(`rates.${name}`, request, { timeout: 5_000 });
      const names = reply.headers?.keys() ?? [];
      const headers = Object.fromEntries(names.map((key) => [key, reply.headers?.get(key) ?? '']));
      const isProblem = names.includes('Nats-Service-Error-Code');
      keep(isProblem ? 'problem' : `${name}Answer`, reply.string(), headers);
    }
    await client.close();
    await reader.close();
    await captureConversation(keep);
  };

  /** What the socket says beside events, and what it may be told. */
  const captureConversation = async (keep: (message: string, text: string) => void) => {
    const client = await SocketClient.connect(kurs.url, {}, '?since=99999&snapshot=1');
    const said = ['resyncRequired', 'snapshot'];
    const heard = [
      ['subscribe', { event: 'subscribe', data: { codes: ['USD', 'EUR'] } }, 'subscribed'],
      ['unsubscribe', { event: 'unsubscribe', data: { codes: ['EUR'] } }, 'subscribed'],
      ['ping', { event: 'ping' }, 'pong'],
    ] as const;
    for (const [message, text, answer] of heard) {
      keep(message, JSON.stringify(text));
      client.say(text);
      said.push(answer);
    }
    client.say({ event: 'nonsense' });
    said.push('socketError');
    const texts = await client.received(said.length);
    said.forEach((message, index) => keep(message, texts[index] ?? ''));
    await client.close();
  };

  const validator = (() => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    ajv.addSchema({ ...document, $id: 'kurs' });
    const compiled = new Map<string, ValidateFunction>();
    return (pointer: string) => {
      const known = compiled.get(pointer) ?? ajv.compile({ $ref: `kurs#${pointer}` });
      compiled.set(pointer, known);
      return known;
    };
  })();

  const complaints = (message: string, part: 'payload' | 'headers', value: unknown) => {
    const validate = validator(`/components/messages/${message}/${part}`);
    return validate(value) ? [] : validate.errors;
  };

  it('equals docs/asyncapi.json, which npm run documents writes', async () => {
    const served = await getJson<AsyncApi>(`${kurs.url}/asyncapi.json`);
    // It names the host that was asked.
    expect(served.servers.socket.host).toBe(new URL(kurs.url).host);
    served.servers.socket.host = 'localhost:3000';
    expect(served).toEqual(document);
  });

  it('has the configured subjects', async () => {
    const other = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: 'sqlite:other.db',
      NATS_SUBJECT_PREFIX: 'bank.fx',
      NATS_MIRROR_SUBJECT: '',
    });
    const { channels } = await getJson<{ channels: Record<string, { address: string | null }> }>(
      `${other.url}/asyncapi.json`,
    );
    await other.kill('SIGKILL');
    expect(channels.events?.address).toBe('bank.fx.events.{event}.{code}');
    expect(channels.latest?.address).toBe('bank.fx.latest');
    expect(channels.mirror).toBeUndefined();
  });

  it('is valid', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    expect(parsed?.version()).toBe('3.0.0');
    const isNewerVersion = ({ code }: { code: string | number }) =>
      code === 'asyncapi-latest-version';
    expect(diagnostics.filter((diagnostic) => !isNewerVersion(diagnostic))).toEqual([]);
  });

  it('describes every captured message, and every kind was captured', () => {
    for (const { message, payload, headers } of captured) {
      expect([message, complaints(message, 'payload', payload)]).toEqual([message, []]);
      if (headers)
        expect([message, complaints(message, 'headers', headers)]).toEqual([message, []]);
    }
    const seen = new Set(captured.map(({ message }) => message));
    expect([...seen].sort()).toEqual(Object.keys(document.components.messages).sort());
  });

  it('describes defaults over NATS that differ from REST, and no header for the next page', () => {
    const { latestParameters, historyParameters } = document.components.schemas;
    expect(latestParameters?.properties.date?.default).toBe(new LatestQuery().date);
    expect(historyParameters?.properties.limit?.default).toBe(new HistoryQuery().limit);
    const texts = [latestParameters, historyParameters].flatMap((schema) =>
      Object.values(schema?.properties ?? {}).map(({ description }) => description),
    );
    expect(texts.filter((text) => /header|default today|Absent/.test(text))).toEqual([]);
    expect(historyParameters?.properties.after?.description).toContain('`next`');
  });

  it('lists the required fields of an event', () => {
    const event = captured.find(({ message }) => message === 'storedRateEvent')?.payload ?? {};
    for (const name of Object.keys(event)) {
      const { [name]: _, ...less } = event;
      expect([name, complaints('rateEvent', 'payload', less)]).not.toEqual([name, []]);
    }
    expect(complaints('rateEvent', 'payload', { ...event, seq: 'x' })).not.toEqual([]);
  });
});
