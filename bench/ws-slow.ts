import { KURS, type Server, startBank, startClients, startServer } from './support/live-server.js';
import { type Benchmark, ratio, row, spread } from './support/measure.js';
import { residentMb, stop } from './support/processes.js';
import { emptyDatabase } from './support/stored-rates.js';
import { runTask } from './ws-fanout.js';

const CLIENTS = 1_000;
const PAUSED = 100;
/** A sheet is about 180 KB of frames: some of them fill the kernel's buffers of a paused client. */
const EVENTS = 250;
const NAME = 'я'.repeat(180);
const ROUNDS = 60;
const MOST_UNSENT_KB = 1024;

type Side = Awaited<ReturnType<typeof side>>;

/** A thousand clients of which a hundred do not read, beside a thousand that all do. */
export const wsSlow: Benchmark = async () => {
  const alone = await side(0);
  const beside = await side(PAUSED);
  const memory = { alone: [] as number[], beside: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    // Each of them first as often as second.
    const order = round % 2 === 0 ? [alone, beside] : [beside, alone];
    for (const each of order) await broadcast(each);
    memory.alone.push(residentMb(alone.server.child));
    memory.beside.push(residentMb(beside.server.child));
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
};

async function side(paused: number) {
  const bank = await startBank(EVENTS, NAME);
  const server = await startServer(KURS, { ...emptyDatabase(), CBR_BASE_URL: bank.url });
  const clients = startClients();
  await clients.connect({ port: server.port, path: '/ws/rates', count: CLIENTS, paused });
  return { bank, server, clients, p99s: [] as number[] };
}

async function broadcast({ bank, server, clients, p99s }: Side): Promise<void> {
  const received = await clients.expect(EVENTS);
  await runTask(server.port);
  const begun = bank.answeredAt;
  const { arrivals } = await received();
  p99s.push(spread(arrivals.flatMap(([at, frames]) => Array<number>(frames).fill(at - begun))).p99);
}

async function dropsOf({ port }: Server): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^kurs_live_drops_total\{reason="too_slow"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
