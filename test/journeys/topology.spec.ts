import { Agent, request } from 'node:http';
import { jetstreamManager } from '@nats-io/jetstream';
import { createPostgres } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { readLog, readRates } from '../support/log-reader.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamReader } from '../support/stream-reader.js';
import { Topology } from '../topology/topology.js';

const CURRENCIES = 10;
/** A broker that died is replaced by another leader within this time, in milliseconds. */
const FAIL_OVER_MS = 30_000;
const CALLERS = 4;

interface Answer {
  status: number;
  body: string;
}

describe('a fleet of two instances, PostgreSQL, three brokers and a load balancer', () => {
  let bank: FakeBank;
  let fleet: Topology;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(CURRENCIES)));
    fleet = await Topology.start(await createPostgres(), { CBR_BASE_URL: bank.url });
    await eventually('a first run', async () => (await status()).seq === CURRENCIES);
  });

  afterAll(async () => {
    await fleet.stop();
    await bank.stop();
  });

  const status = () =>
    getJson<{ seq: number; nats: { backlog: number } }>(`${fleet.balancer.url}/v1/status`);
  const createRate = (url: string, code: string) =>
    getJson<RateBody>(`${url}/rates/create`, withBody('POST', { code, name: code, value: '1.5' }));
  const drained = (withinMs: number) =>
    eventually('the backlog is drained', async () => (await status()).nats.backlog === 0, withinMs);

  const expectStreamIsLog = async () => {
    await drained(FAIL_OVER_MS);
    const log = await readLog(fleet.database.url);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const reader = await StreamReader.connect(fleet.nats.url);
    const stored = await reader.stored(log.length);
    await reader.close();
    expect(stored.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
  };

  it('delivers a write on one instance to sockets of the other and to a stream on three nodes', async () => {
    const [first, second] = fleet.instances;
    const client = await SocketClient.connect(second?.url ?? '');
    const { id } = await createRate(first?.url ?? '', 'FAR');
    const [frame = ''] = await client.received(1);
    expect(JSON.parse(frame)).toMatchObject({ event: 'rate_created', id, code: 'FAR' });
    await client.close();
    const through = await SocketClient.connect(fleet.balancer.url);
    await createRate(fleet.balancer.url, 'NEAR');
    expect(JSON.parse((await through.received(1))[0] ?? '')).toMatchObject({ code: 'NEAR' });
    await through.close();
    await expectStreamIsLog();
    const reader = await StreamReader.connect(fleet.nats.url);
    const { config } = await (await jetstreamManager(reader.nats)).streams.info('RATES');
    await reader.close();
    expect(config.num_replicas).toBe(3);
  });

  it('loses no event if the stream leader is killed', async () => {
    const leader = await fleet.nats.leaderOf('RATES');
    await createRate(fleet.balancer.url, 'BEFORE');
    await leader?.kill();
    for (let index = 0; index < 20; index++) await createRate(fleet.balancer.url, `DURING${index}`);
    await expectStreamIsLog();
    await leader?.up();
    await expectStreamIsLog();
  });

  it('restarts one instance after the other under load without a failed request', async () => {
    const failures: string[] = [];
    const acknowledged = new Map<number, string>();
    let isOver = false;
    let asked = 0;
    const agent = new Agent({ keepAlive: true });
    const caller = async (name: number) => {
      for (let index = 0; !isOver; index++) {
        const isWrite = index % 3 === 0;
        const code = `R${name}X${index}`;
        const answer = isWrite
          ? await call(agent, 'POST', '/rates/create', {
              code,
              name: code,
              value: `${name}.${index}5`,
            })
          : await call(agent, 'GET', index % 3 === 1 ? '/v1/status' : '/v1/rates?codes=X001');
        asked += 1;
        if (answer.status !== (isWrite ? 201 : 200)) failures.push(`${code}: ${answer.body}`);
        else if (isWrite) acknowledged.set((JSON.parse(answer.body) as RateBody).id, code);
      }
    };
    const callers = Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(name)));
    for (const index of [0, 1]) {
      const before = asked;
      await fleet.restart(index);
      await eventually('load on the new instance', () => asked > before + 50);
    }
    isOver = true;
    await callers;
    agent.destroy();
    expect(failures).toEqual([]);
    const stored = new Map((await readRates(fleet.database.url)).map((rate) => [rate.id, rate]));
    for (const id of acknowledged.keys()) expect(stored.has(id)).toBe(true);
    await expectStreamIsLog();
  });

  /** Over connections that are kept, as most clients do; a status of 0 is a broken connection. */
  const call = (agent: Agent, method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((resolve) => {
      const headers = body && { 'Content-Type': 'application/json' };
      const options = { method, agent, ...(headers && { headers }) };
      const sent = request(`${fleet.balancer.url}${path}`, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.once('error', ({ message }) => resolve({ status: 0, body: message }));
      });
      sent.once('error', ({ message }) => resolve({ status: 0, body: message }));
      sent.end(body && JSON.stringify(body));
    });
});
