import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, startBank, startClients, startServer } from './support/live-server.mjs';
import { row } from './support/measure.mjs';
import { stop } from './support/processes.mjs';
import { runTask } from './ws-fanout.mjs';

const CLIENTS = 10_000;
const SHEETS_MISSED = 5;
const EVENTS = 55;
const ROUNDS = 3;

/** Ten thousand clients come back at once after the service was killed, each with 275 events missed. */
export async function wsStorm() {
  const bank = await startBank(EVENTS);
  const environment = {
    CBR_BASE_URL: bank.url,
    BACKFILL_DAYS: '0',
    DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`,
  };
  const clients = startClients();
  let server = await startServer('dist/main.js', environment);
  const figures = { refused: [], all: [], last: [], lag: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const { log_id, seq } = await placeOf(server);
    await clients.ask({ connect: { port: server.port, path: '/ws/rates', count: CLIENTS } });
    await stop(server.child);
    await clients.ask({ close: true });
    server = await startServer('dist/main.js', environment);
    const before = await placeOf(server);
    for (let sheet = 0; sheet < SHEETS_MISSED; sheet++) await runTask(server.port);
    const missed = (await placeOf(server)).seq - seq;
    if (before.log_id !== log_id) throw new Error('The log has another name');
    await ask(server.child, { takeLag: true });
    const begun = performance.now();
    const path = `/ws/rates?since=${log_id}:${seq}`;
    const connect = { port: server.port, path, count: CLIENTS, expect: missed };
    const { refused, got, isEven } = await clients.ask({ connect });
    figures.last.push(performance.now() - begun);
    figures.refused.push(refused.length);
    figures.all.push(isEven && got === CLIENTS * missed ? CLIENTS : 0);
    figures.lag.push((await ask(server.child, { takeLag: true })).p99);
    await clients.ask({ close: true });
  }
  await stop(clients.child);
  await stop(server.child);
  bank.stop();
  return [
    row(`clients of ${CLIENTS} that got as many events as they missed`, '', figures.all),
    row('refused', '', figures.refused),
    row('from the first connection to the last event of the last client', 'ms', figures.last),
    row('event loop late meanwhile, 99th percentile', 'ms', figures.lag),
  ];
}

async function placeOf({ port }) {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/status`);
    const { log_id, seq, last_run } = await response.json();
    if (last_run !== null) return { log_id, seq };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
