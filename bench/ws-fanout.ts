import { once } from 'node:events';
import WebSocket from 'ws';
import type { BatchOrder } from './support/bare-ws.js';
import {
  cpuSeconds,
  KURS,
  type Server,
  startBank,
  startClients,
  startServer,
  takeLag,
} from './support/live-server.js';
import { type Benchmark, ratio, row, spread } from './support/measure.js';
import { type Environment, residentMb, stop } from './support/processes.js';
import { program } from './support/programs.js';
import { rawSocket } from './support/raw-socket.js';
import { emptyDatabase } from './support/stored-rates.js';

const CLIENTS = { full: 10_000, quick: 4_000 };
const EVENTS = 55;
const ROUNDS = 7;
const WARM_UP_RUNS = 25;

type Side = Awaited<ReturnType<typeof side>>;

/** A sheet of 55 events to ten thousand clients, beside a bare `ws` server that writes the same bytes, framed before. */
export const wsFanout: Benchmark = async ({ quick }) => {
  const count = quick ? CLIENTS.quick : CLIENTS.full;
  const bank = await startBank(EVENTS);
  const ours = await side(count, KURS, '/ws/rates', {
    ...emptyDatabase(),
    CBR_BASE_URL: bank.url,
    // No waiting for the pacer: the probe of the event loop would be counted meanwhile.
    CBR_REQUESTS_PER_SECOND: '50',
  });
  const bare = await side(count, program('bare-ws'), '/');
  const received = await ours.clients.expect(EVENTS);
  order(bare.server, { frames: await oneBatch(ours.server.port) });
  await received();
  for (let round = 0; round < ROUNDS; round++) {
    await measure(ours, async () => {
      await runTask(ours.server.port);
      return bank.answeredAt;
    });
    await measure(bare, () => {
      const begun = performance.timeOrigin + performance.now();
      order(bare.server, { go: true });
      return begun;
    });
  }
  for (const { server, clients } of [ours, bare]) {
    await stop(clients.child);
    await stop(server.child);
  }
  bank.stop();
  const whole = count * EVENTS;
  return [
    row('CPU for each frame', 'µs', ours.cpuMicros),
    row('the same, bare ws', 'µs', bare.cpuMicros),
    row('CPU for fetching and storing the sheet, without clients', 'ms', ours.recordingMs),
    ratio(
      'CPU for each frame, its sheet included, beside bare ws',
      ours.cpuMicros,
      bare.cpuMicros,
      {
        atMost: 1.3,
      },
    ),
    ratio(
      'CPU for each frame by itself, beside bare ws',
      fanOutAlone(ours, whole),
      bare.cpuMicros,
      {
        atMost: 1.3,
      },
    ),
    row(`frames delivered of ${whole}, each client all of them`, '', ours.delivered),
    row('from the bank’s answer to the frame, median', 'ms', ours.medians),
    row('from the bank’s answer to the frame, 99th percentile', 'ms', ours.p99s, { atMost: 1_000 }),
    row('bare ws, from the order to the frame, 99th percentile', 'ms', bare.p99s),
    row('event loop late while it broadcasts, 99th percentile', 'ms', ours.lagP99s, { atMost: 50 }),
    row('the same, the latest', 'ms', ours.lagMaxima),
    row('the same, bare ws', 'ms', bare.lagMaxima),
    row('memory for each connection', 'KB', [ours.kbPerClient], { atMost: 12 }),
    row('the same, bare ws', 'KB', [bare.kbPerClient]),
  ];
};

function order({ child }: Server, batch: BatchOrder): void {
  child.send(batch);
}

/** Without what the same sheet costs without clients. */
function fanOutAlone({ cpuMicros, recordingMs }: Side, frames: number): number[] {
  const { median } = spread(recordingMs);
  return cpuMicros.map((micros) => micros - (median * 1_000) / frames);
}

async function side(count: number, file: string, path: string, environment: Environment = {}) {
  const server = await startServer(file, environment);
  const recordingMs = await warmUp(server);
  const clients = startClients();
  const idle = residentMb(server.child);
  const { open, refused } = await clients.connect({ port: server.port, path, count });
  if (open !== count) throw new Error(`${open} of ${count} are connected: ${refused[0]}`);
  const kbPerClient = ((residentMb(server.child) - idle) * 1_024) / count;
  return {
    ...{ server, clients, recordingMs, kbPerClient },
    cpuMicros: [] as number[],
    delivered: [] as number[],
    medians: [] as number[],
    p99s: [] as number[],
    lagP99s: [] as number[],
    lagMaxima: [] as number[],
  };
}

/** @param broadcast returns when the frames could be sent, by the clock of all processes */
async function measure(side: Side, broadcast: () => number | Promise<number>): Promise<void> {
  const { server } = side;
  await takeLag(server);
  const before = cpuSeconds(server);
  const received = await side.clients.expect(EVENTS);
  const begun = await broadcast();
  const { got, isEven, arrivals } = await received();
  side.cpuMicros.push(((cpuSeconds(server) - before) / got) * 1e6);
  const { p99, max } = await takeLag(server);
  side.lagP99s.push(p99);
  side.lagMaxima.push(max);
  const { median, p99: late } = spread(
    arrivals.flatMap(([at, frames]) => Array<number>(frames).fill(at - begun)),
  );
  side.medians.push(median);
  side.p99s.push(late);
  side.delivered.push(isEven ? got : 0);
}

/** The frames of a sheet's events, as a client of ours gets them. */
async function oneBatch(port: number): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/rates`);
  await once(socket, 'open');
  const chunks: Buffer[] = [];
  rawSocket(socket).prependListener('data', (chunk: Buffer) => chunks.push(chunk));
  let count = 0;
  const all = new Promise<void>((resolve) => {
    socket.on('message', () => {
      count += 1;
      if (count === EVENTS) resolve();
    });
  });
  await runTask(port);
  await all;
  socket.terminate();
  return Buffer.concat(chunks).toString('base64');
}

/** Has a service fetch until V8 has optimized it; CPU of the last runs in milliseconds. Bare servers have no status. */
async function warmUp(server: Server): Promise<number[]> {
  const { port } = server;
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/status`);
    if (!response.ok) return [];
    const { last_run } = (await response.json()) as { last_run: object | null };
    if (last_run !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const recordingMs: number[] = [];
  for (let run = 0; run < WARM_UP_RUNS; run++) {
    const before = cpuSeconds(server);
    await runTask(port);
    recordingMs.push((cpuSeconds(server) - before) * 1_000);
  }
  return recordingMs.slice(-ROUNDS);
}

export async function runTask(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/tasks/run`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}
