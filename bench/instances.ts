import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import WebSocket from 'ws';
import { freePort } from '../test/support/free-port.ts';
import { loadOn } from './support/beside-bare.js';
import { startBroker } from './support/broker.js';
import {
  cpuSeconds,
  KURS,
  nextAnswer,
  type Server,
  startHttpClients,
  startServer,
} from './support/live-server.js';
import { type Benchmark, ratio, row, type Row, spread } from './support/measure.js';
import { startPostgres } from './support/postgres.js';
import { CLIENT_CORE, type Environment, onCore, stop } from './support/processes.js';
import { program } from './support/programs.js';

const COMMITS = 120;
const ROUNDS = 9;
const ROUND_MS = 500;
const WRITES = 40;
const WARM_UP = 12;

/** No bank to call. */
const ALONE = { CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' };
const READ = {
  'a cached GET': '/v1/rates/ABC/history?source=all&from=2026-01-01',
  'a GET that no cache answers': '/v1/status',
};

interface Fleet {
  port: number;
  children: ChildProcess[];
  cpu(): number;
}

/** From the request on one instance to the frame at a client of another one, on one PostgreSQL. */
export const instances: Benchmark = async () => {
  const postgres = await startPostgres();
  const { url } = postgres;
  const broker = await startBroker();
  const withHints = await delays({ DATABASE_URL: url, NATS_URL: broker.url });
  broker.stop();
  const withoutBroker = await delays({ DATABASE_URL: url });
  const shared = await costs(url);
  await postgres.drop();
  return [
    ...shared,
    row('request on A to frame on B, by NATS', 'ms', withHints),
    row('request on A to frame on B, by NATS, 99th percentile', 'ms', [spread(withHints).p99], {
      atMost: 250,
    }),
    row('request on A to frame on B, by the poll alone', 'ms', withoutBroker),
    row(
      'request on A to frame on B, by the poll alone, 99th percentile',
      'ms',
      [spread(withoutBroker).p99],
      { atMost: 1_000 },
    ),
  ];
};

async function delays(environment: Environment): Promise<number[]> {
  const first = await startServer(KURS, { ...ALONE, ...environment });
  const second = await startServer(KURS, { ...ALONE, ...environment });
  const socket = new WebSocket(`ws://127.0.0.1:${second.port}/ws/rates`);
  await once(socket, 'open');
  const figures: number[] = [];
  for (let round = 0; round < COMMITS; round++) {
    const frame = once(socket, 'message');
    const begun = performance.now();
    await write(first, `round ${round}`);
    await frame;
    figures.push(performance.now() - begun);
    // Not in step with the poll.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  }
  socket.terminate();
  for (const { child } of [first, second]) await stop(child);
  return figures;
}

/** CPU of all instances for requests through a proxy: of one, and of two that share the work. */
async function costs(url: string): Promise<Row[]> {
  const clients = startHttpClients();
  const fleets = [await fleet(url, 1), await fleet(url, 2)] as const;
  const rows: Row[] = [];
  for (const [what, path] of Object.entries(READ)) {
    const [one, two] = await inTurn(fleets, async (each, isWarm) => {
      const ms = isWarm ? ROUND_MS : ROUND_MS * WARM_UP;
      return (await loadOn(clients, each, { paths: [path], ms, status: 200 })).count;
    });
    rows.push(row(`CPU for ${what}, one instance`, 'µs', one));
    rows.push(row(`CPU for ${what}, two behind a proxy`, 'µs', two));
    rows.push(ratio(`CPU for ${what}, two beside one`, two, one, { atMost: 1.25 }));
  }
  const [one, two] = await inTurn(fleets, async (each) => {
    for (let round = 0; round < WRITES; round++) await write(each, `write ${round}`);
    return WRITES;
  });
  rows.push(row('CPU for a write, one instance', 'µs', one));
  rows.push(row('CPU for a write, two behind a proxy, which both tell it', 'µs', two));
  rows.push(ratio('CPU for a write, two beside one', two, one, { atMost: 2 }));
  for (const { children } of fleets) for (const child of children) await stop(child);
  await stop(clients.child);
  return rows;
}

/** Microseconds of CPU for each unit of `work`, which returns how many it did; by fleet. */
async function inTurn(
  fleets: readonly [Fleet, Fleet],
  work: (fleet: Fleet, isWarm: boolean) => Promise<number>,
): Promise<[number[], number[]]> {
  for (const each of fleets) await work(each, false);
  const figures: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of [0, 1] as const) {
      const each = fleets[index];
      const before = each.cpu();
      const count = await work(each, true);
      figures[index].push(((each.cpu() - before) / count) * 1e6);
    }
  }
  return figures;
}

/** On a database of its own. */
async function fleet(server: string, size: number): Promise<Fleet> {
  const url = await createDatabase(server, `fleet_${size}`);
  const started: Server[] = [];
  for (let index = 0; index < size; index++) {
    started.push(await startServer(KURS, { ...ALONE, DATABASE_URL: url }));
  }
  const port = await freePort();
  const words = started.map((each) => String(each.port));
  const environment = { PORT: String(port) };
  const proxy = onCore(CLIENT_CORE, program('proxy'), { words, environment });
  await nextAnswer(proxy);
  await write({ port }, 'the first');
  return {
    port,
    children: [proxy, ...started.map(({ child }) => child)],
    cpu: () => started.reduce((sum, each) => sum + cpuSeconds(each), 0),
  };
}

async function createDatabase(server: string, name: string): Promise<string> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

async function write({ port }: Pick<Server, 'port'>, name: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/rates/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: 'ABC', name, value: '1.5' }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}
