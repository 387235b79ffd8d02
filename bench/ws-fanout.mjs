import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { ask, cpuSeconds, startBank, startClients, startServer } from './support/live-server.mjs';
import { ratio, row, spread } from './support/measure.mjs';
import { residentMb, stop } from './support/processes.mjs';

const CLIENTS = { full: 10_000, quick: 4_000 };
const EVENTS = 55;
const ROUNDS = 7;
const WARM_UP_RUNS = 25;

/** A sheet of 55 events to ten thousand clients, beside a bare `ws` server that writes the same bytes, framed before. */
export async function wsFanout({ quick = false } = {}) {
  const count = quick ? CLIENTS.quick : CLIENTS.full;
  const bank = await startBank(EVENTS);
  const ours = await side(count, 'dist/main.js', '/ws/rates', {
    CBR_BASE_URL: bank.url,
    BACKFILL_DAYS: '0',
    // Nobody waits for his turn at the bank: the probe of the event loop would be counted meanwhile.
    CBR_REQUESTS_PER_SECOND: '50',
    DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`,
  });
  const bare = await side(count, 'bench/support/bare-ws.mjs', '/', {});
  const received = await ours.clients.expect(EVENTS);
  bare.server.child.send({ frames: await oneBatch(ours.server.port) });
  await received();
  for (let round = 0; round < ROUNDS; round++) {
    await measure(ours, async () => {
      await runTask(ours.server.port);
      return bank.answeredAt;
    });
    await measure(bare, () => {
      const begun = performance.timeOrigin + performance.now();
      bare.server.child.send({ go: true });
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
}

/** Without what the same sheet costs where nobody listens. */
function fanOutAlone({ cpuMicros, recordingMs }, frames) {
  const { median } = spread(recordingMs);
  return cpuMicros.map((micros) => micros - (median * 1_000) / frames);
}

async function side(count, file, path, environment) {
  const server = await startServer(file, environment);
  const recordingMs = await warmUp(server);
  const clients = startClients();
  const idle = residentMb(server.child.pid);
  const { open, refused } = await clients.ask({
    connect: { port: server.port, path, count },
  });
  if (open !== count) throw new Error(`${open} of ${count} are connected: ${refused[0]}`);
  const kbPerClient = ((residentMb(server.child.pid) - idle) * 1_024) / count;
  const figures = { cpuMicros: [], delivered: [], medians: [], p99s: [] };
  return { server, clients, recordingMs, kbPerClient, ...figures, lagP99s: [], lagMaxima: [] };
}

async function measure(side, broadcast) {
  const { child } = side.server;
  await ask(child, { takeLag: true });
  const before = cpuSeconds(child);
  const received = await side.clients.expect(EVENTS);
  const begun = await broadcast();
  const { got, isEven, arrivals } = await received();
  side.cpuMicros.push(((cpuSeconds(child) - before) / got) * 1e6);
  const { p99, max } = await ask(child, { takeLag: true });
  side.lagP99s.push(p99);
  side.lagMaxima.push(max);
  const { median, p99: late } = spread(
    arrivals.flatMap(([at, frames]) => Array(frames).fill(at - begun)),
  );
  side.medians.push(median);
  side.p99s.push(late);
  side.delivered.push(isEven ? got : 0);
}

/** The frames of a sheet's events, as a client of ours gets them. */
async function oneBatch(port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/rates`);
  await new Promise((resolve) => socket.once('open', resolve));
  const chunks = [];
  socket._socket.prependListener('data', (chunk) => chunks.push(chunk));
  let count = 0;
  const all = new Promise((resolve) =>
    socket.on('message', () => (count += 1) === EVENTS && resolve()),
  );
  await runTask(port);
  await all;
  socket.terminate();
  return Buffer.concat(chunks).toString('base64');
}

/** A service that has fetched for a while: what is measured is not the compiler. CPU of the last runs, in milliseconds. */
async function warmUp({ child, port }) {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/status`);
    if (!response.ok) return [];
    if ((await response.json()).last_run !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const recordingMs = [];
  for (let run = 0; run < WARM_UP_RUNS; run++) {
    const before = cpuSeconds(child);
    await runTask(port);
    recordingMs.push((cpuSeconds(child) - before) * 1_000);
  }
  return recordingMs.slice(-ROUNDS);
}

export async function runTask(port) {
  const response = await fetch(`http://127.0.0.1:${port}/tasks/run`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}
