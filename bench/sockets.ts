import { loadOn } from './support/beside-bare.js';
import {
  cpuSeconds,
  type HttpClients,
  KURS,
  startBank,
  startClients,
  startHttpClients,
  startServer,
} from './support/live-server.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { stop } from './support/processes.js';
import { emptyDatabase } from './support/stored-rates.js';
import { runTask } from './ws-fanout.js';

const EVENTS = 55;
const ROUNDS = 9;
const WARM_UP_RUNS = 25;
const ROUND_MS = 400;
const CONNECTIONS = 8;

type Side = Awaited<ReturnType<typeof side>>;

/** What one, a thousand and ten thousand sockets cost: each of them, and REST clients beside them. */
export const sockets: Benchmark = async () => {
  const rest = startHttpClients();
  const one = await side(1);
  const thousand = await side(1_000);
  const many = await side(10_000);
  const sides = [one, thousand, many];
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of sides) await measure(rest, each);
  }
  for (const { bank, server, clients } of sides) {
    await stop(clients.child);
    await stop(server.child);
    bank.stop();
  }
  await stop(rest.child);
  const more = (each: Side) =>
    each.cpuMs.map((ms, round) => ((ms - (one.cpuMs[round] ?? NaN)) * 1_000) / each.count);
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
};

async function side(count: number) {
  const bank = await startBank(EVENTS);
  const server = await startServer(KURS, { ...emptyDatabase(), CBR_BASE_URL: bank.url });
  for (let run = 0; run < WARM_UP_RUNS; run++) await runTask(server.port);
  const clients = startClients();
  const { open } = await clients.connect({ port: server.port, path: '/ws/rates', count });
  if (open !== count) throw new Error(`${open} of ${count} are connected`);
  const figures = { cpuMs: [] as number[], perSecond: [] as number[] };
  return { count, bank, server, clients, ...figures };
}

async function measure(
  rest: HttpClients,
  { server, clients, cpuMs, perSecond }: Side,
): Promise<void> {
  const before = cpuSeconds(server);
  const received = await clients.expect(EVENTS);
  await runTask(server.port);
  await received();
  cpuMs.push((cpuSeconds(server) - before) * 1_000);
  const order = { paths: ['/v1/rates'], connections: CONNECTIONS, ms: ROUND_MS, status: 200 };
  perSecond.push((await loadOn(rest, server, order)).perSecond);
}
