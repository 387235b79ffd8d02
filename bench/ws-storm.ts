import {
  KURS,
  type Server,
  startBank,
  startClients,
  startServer,
  takeLag,
} from './support/live-server.js';
import { type Benchmark, row } from './support/measure.js';
import { stop } from './support/processes.js';
import { emptyDatabase } from './support/stored-rates.js';
import { runTask } from './ws-fanout.js';

const CLIENTS = 10_000;
const SHEETS_MISSED = 5;
const EVENTS = 55;
const ROUNDS = 3;

/** Ten thousand clients reconnect at once after the service was killed; each has missed 275 events. */
export const wsStorm: Benchmark = async () => {
  const bank = await startBank(EVENTS);
  const environment = { ...emptyDatabase(), CBR_BASE_URL: bank.url };
  const clients = startClients();
  let server = await startServer(KURS, environment);
  const refusals: number[] = [];
  const all: number[] = [];
  const last: number[] = [];
  const lag: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { log_id, seq } = await logPosition(server);
    await clients.connect({ port: server.port, path: '/ws/rates', count: CLIENTS });
    await stop(server.child);
    await clients.close();
    server = await startServer(KURS, environment);
    const before = await logPosition(server);
    for (let sheet = 0; sheet < SHEETS_MISSED; sheet++) await runTask(server.port);
    const missed = (await logPosition(server)).seq - seq;
    if (before.log_id !== log_id) throw new Error('The log has another name');
    await takeLag(server);
    const begun = performance.now();
    const path = `/ws/rates?since=${log_id}:${seq}`;
    const connect = { port: server.port, path, count: CLIENTS, expect: missed };
    const { refused, got, isEven } = await clients.connect(connect);
    last.push(performance.now() - begun);
    refusals.push(refused.length);
    all.push(isEven && got === CLIENTS * missed ? CLIENTS : 0);
    lag.push((await takeLag(server)).p99);
    await clients.close();
  }
  await stop(clients.child);
  await stop(server.child);
  bank.stop();
  return [
    row(`clients of ${CLIENTS} that got as many events as they missed`, '', all),
    row('refused', '', refusals),
    row('from the first connection to the last event of the last client', 'ms', last),
    row('event loop late meanwhile, 99th percentile', 'ms', lag),
  ];
};

interface Status {
  log_id: string;
  seq: number;
  last_run: object | null;
}

async function logPosition({ port }: Server): Promise<{ log_id: string; seq: number }> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/status`);
    const { log_id, seq, last_run } = (await response.json()) as Status;
    if (last_run !== null) return { log_id, seq };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
