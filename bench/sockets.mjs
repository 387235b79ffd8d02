import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOn } from './support/beside-bare.mjs';
import {
  cpuSeconds,
  startBank,
  startClients,
  startHttpClients,
  startServer,
} from './support/live-server.mjs';
import { ratio, row } from './support/measure.mjs';
import { stop } from './support/processes.mjs';
import { runTask } from './ws-fanout.mjs';

const COUNTS = [1, 1_000, 10_000];
const EVENTS = 55;
const ROUNDS = 9;
const WARM_UP_RUNS = 25;
const ROUND_MS = 400;
const CONNECTIONS = 8;

/** What one, a thousand and ten thousand sockets cost: each of them, and those who ask by REST beside them. */
export async function sockets() {
  const asking = startHttpClients();
  const sides = [];
  for (const count of COUNTS) sides.push(await side(count));
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of sides) await measure(asking, each);
  }
  for (const { bank, server, clients } of sides) {
    await stop(clients.child);
    await stop(server.child);
    bank.stop();
  }
  await stop(asking.child);
  const [one, thousand, many] = sides;
  const more = (each) =>
    each.cpuMs.map((ms, round) => ((ms - one.cpuMs[round]) * 1_000) / each.count);
  return [
    ...sides.map(({ count, cpuMs }) =>
      row(
        `CPU for a sheet of ${EVENTS} events; sockets: ${count.toLocaleString('en')}`,
        'ms',
        cpuMs,
      ),
    ),
    row('of it for each socket, of 1,000', 'µs', more(thousand)),
    row('of it for each socket, of 10,000', 'µs', more(many)),
    ratio('a socket of 10,000, beside one of 1,000', more(many), more(thousand), { atMost: 1.25 }),
    row('cached GET beside 1 socket', '/s', one.perSecond),
    ratio('cached GET beside 1,000 idle sockets, of that', thousand.perSecond, one.perSecond, {
      atLeast: 0.8,
    }),
    ratio('cached GET beside 10,000 idle sockets, of that', many.perSecond, one.perSecond, {
      atLeast: 0.8,
    }),
  ];
}

async function side(count) {
  const bank = await startBank(EVENTS);
  const server = await startServer('dist/main.js', {
    ...{ CBR_BASE_URL: bank.url, BACKFILL_DAYS: '0' },
    DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`,
  });
  for (let run = 0; run < WARM_UP_RUNS; run++) await runTask(server.port);
  const clients = startClients();
  const { open } = await clients.ask({ connect: { port: server.port, path: '/ws/rates', count } });
  if (open !== count) throw new Error(`${open} of ${count} are connected`);
  return { count, bank, server, clients, cpuMs: [], perSecond: [] };
}

async function measure(asking, { server, clients, cpuMs, perSecond }) {
  const before = cpuSeconds(server.child);
  const received = await clients.expect(EVENTS);
  await runTask(server.port);
  await received();
  cpuMs.push((cpuSeconds(server.child) - before) * 1_000);
  const question = { path: '/v1/rates', connections: CONNECTIONS, ms: ROUND_MS, status: 200 };
  perSecond.push((await loadOn(asking, server, question)).perSecond);
}
