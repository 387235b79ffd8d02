import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBank, startClients, startServer } from './support/live-server.mjs';
import { ratio, row, spread } from './support/measure.mjs';
import { residentMb, stop } from './support/processes.mjs';
import { runTask } from './ws-fanout.mjs';

const CLIENTS = 1_000;
const PAUSED = 100;
/** A sheet of about 180 KB of frames: what the kernel takes for a paused client is full after some of them. */
const EVENTS = 250;
const NAME = 'я'.repeat(180);
const ROUNDS = 60;
const MOST_UNSENT_KB = 1024;

/** A thousand clients of whom a hundred do not read, against a thousand that all do. */
export async function wsSlow() {
  const alone = await side(0);
  const beside = await side(PAUSED);
  const memory = { alone: [], beside: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, and each of them first as often as second.
    const order = round % 2 === 0 ? [alone, beside] : [beside, alone];
    for (const each of order) await broadcast(each);
    memory.alone.push(residentMb(alone.server.child.pid));
    memory.beside.push(residentMb(beside.server.child.pid));
  }
  const dropped = await dropsOf(beside.server);
  for (const { bank, server, clients } of [alone, beside]) {
    await stop(clients.child);
    await stop(server.child);
    bank.stop();
  }
  const bound = (PAUSED * MOST_UNSENT_KB) / 1024;
  return [
    row(`${CLIENTS} clients, 99th percentile`, 'ms', alone.p99s),
    row(`${CLIENTS - PAUSED} clients beside ${PAUSED} that do not read`, 'ms', beside.p99s),
    ratio('99th percentile beside slow clients, of that', beside.p99s, alone.p99s, { atMost: 1.1 }),
    row('memory at its most', 'MB', [Math.max(...memory.alone)]),
    row(`beside those that do not read (bound: ${bound} MB more)`, 'MB', [
      Math.max(...memory.beside),
    ]),
    row(`dropped of ${PAUSED}`, '', [dropped]),
  ];
}

async function side(paused) {
  const bank = await startBank(EVENTS, NAME);
  const server = await startServer('dist/main.js', {
    CBR_BASE_URL: bank.url,
    BACKFILL_DAYS: '0',
    DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`,
  });
  const clients = startClients();
  const connect = { port: server.port, path: '/ws/rates', count: CLIENTS, paused };
  await clients.ask({ connect });
  return { bank, server, clients, p99s: [] };
}

async function broadcast({ bank, server, clients, p99s }) {
  const received = await clients.expect(EVENTS);
  await runTask(server.port);
  const begun = bank.answeredAt;
  const { arrivals } = await received();
  p99s.push(spread(arrivals.flatMap(([at, frames]) => Array(frames).fill(at - begun))).p99);
}

async function dropsOf({ port }) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^kurs_live_drops_total\{reason="too_slow"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
