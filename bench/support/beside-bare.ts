import type { GivenAnswer } from './given-answer.js';
import type { HttpLoad, HttpOrder } from './http-load.js';
import { ask, cpuSeconds, type HttpClients, type Server } from './live-server.js';
import type { Load } from './measure.js';

const ROUND_MS = 400;
const WARM_UP_MS = 1_000;
/** Headers that every server writes by itself. */
const OWN = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
/** As the load sends them: the tag of an answer depends on them. */
const ACCEPTS = { Accept: '*/*', 'Accept-Encoding': 'identity' };

export interface Rounds {
  rounds: number;
  warmUpMs: number;
}

interface OneRequest extends Rounds {
  path: string;
  headers?: Readonly<Record<string, string>>;
  connections?: number;
}

interface ManyRequests extends Rounds {
  ourPaths: readonly string[];
  /** By default the same paths. */
  theirPaths?: readonly string[];
}

export interface Figures {
  /** Answers for each CPU second, by round. */
  ours: number[];
  bound: number[];
  /** Latency in milliseconds, by round. */
  oursP99: number[];
  boundP99: number[];
}

type LoadServer = (server: Server, ms: number) => Promise<Load>;

/**
 * The same request to the service and to another server that sends the same bytes, in turn: answers for each
 * second of its core's time. Answers for each second of the clock would be those of the clients, where these
 * are slower than both.
 */
export async function besideBare(
  clients: HttpClients,
  service: Server,
  bare: Server,
  { path, headers = {}, rounds, connections, warmUpMs }: OneRequest,
) {
  const answer = await answerOf(service, path, headers);
  await ask(bare.child, { answer });
  const load: LoadServer = (server, ms) =>
    loadOn(clients, server, {
      ...{ paths: [path], headers, ms, isAwake: true },
      ...(connections && { connections }),
    });
  await load(service, warmUpMs);
  await load(bare, WARM_UP_MS);
  const figures = await inTurn({ service, bare, rounds, loads: [load, load] });
  const { length: bytes } = Buffer.from(answer.body, 'base64');
  return { ...figures, status: answer.status, bytes };
}

/**
 * Two servers that each compute their answers to many requests, which do not repeat within a round: answers for
 * each second of its core's time.
 */
export async function besideEachOther(
  clients: HttpClients,
  service: Server,
  other: Server,
  { ourPaths, theirPaths = ourPaths, rounds, warmUpMs }: ManyRequests,
): Promise<Figures> {
  const loadOf =
    (paths: readonly string[]): LoadServer =>
    (server, ms) =>
      loadOn(clients, server, { paths, ms, isAwake: true });
  const loads = [loadOf(ourPaths), loadOf(theirPaths)] as const;
  await loads[0](service, warmUpMs);
  await loads[1](other, warmUpMs);
  return inTurn({ service, bare: other, rounds, loads });
}

/** Each in turn: answers for each second of the core's time of the server that gives them. */
export async function inTurn({
  service,
  bare,
  rounds,
  loads: [loadOurs, loadBound],
}: {
  service: Server;
  bare: Server;
  rounds: number;
  loads: readonly [LoadServer, LoadServer];
}): Promise<Figures> {
  const figures: Figures = { ours: [], bound: [], oursP99: [], boundP99: [] };
  for (let round = 0; round < rounds; round++) {
    const ours = await measured(service, () => loadOurs(service, ROUND_MS));
    const bound = await measured(bare, () => loadBound(bare, ROUND_MS));
    figures.ours.push(ours.perCpuSecond);
    figures.bound.push(bound.perCpuSecond);
    figures.oursP99.push(ours.p99);
    figures.boundP99.push(bound.p99);
  }
  return figures;
}

async function measured(server: Server, work: () => Promise<Load>) {
  const before = cpuSeconds(server);
  const { count, p99 } = await work();
  return { perCpuSecond: count / (cpuSeconds(server) - before), p99 };
}

/**
 * Sends requests as fast as they are answered.
 *
 * @throws Error if the answers differ in status, or have another than the one wanted
 */
export async function loadOn(
  { load }: HttpClients,
  { port }: Pick<Server, 'port'>,
  { status, headers, ...order }: Omit<HttpOrder, 'port'> & { status?: number },
): Promise<HttpLoad> {
  const figures = await load({ ...order, port, headers: { ...ACCEPTS, ...headers } });
  const { statuses } = figures;
  if (statuses.length !== 1 || (status && statuses[0] !== status)) {
    throw new Error(`${order.paths[0]}: ${statuses.join(', ')}`);
  }
  return figures;
}

/** The status, the body and all headers but those that a server writes by itself. */
async function answerOf(
  { port }: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<GivenAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { ...ACCEPTS, ...headers },
  });
  const body = Buffer.from(await response.arrayBuffer());
  const sent = [...response.headers].filter(([name]) => !OWN.includes(name)).flat();
  if (response.status !== 304) sent.push('content-length', String(body.length));
  return { status: response.status, headers: sent, body: body.toString('base64') };
}
