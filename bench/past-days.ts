import { addDays, type CalendarDate } from '#built/common/calendar-date.js';
import {
  besideBare,
  besideEachOther,
  type Figures,
  inTurn,
  loadOn,
  type Rounds,
} from './support/beside-bare.js';
import { startBroker } from './support/broker.js';
import {
  type HttpClients,
  KURS,
  type Server,
  startHttpClients,
  startRpcClients,
  startServer,
} from './support/live-server.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { type Environment, stop } from './support/processes.js';
import { program } from './support/programs.js';
import { LAST_DAY, storedDays } from './support/stored-rates.js';

/** Of 54 currencies: 430,000 rows, twice the bank's whole history; less for the short form. */
const DAYS = { full: 7_963, quick: 1_000 };
const ROUNDS = { full: 15, quick: 5 };
const WARM_UP_MS = 6_000;
const IN_FLIGHT = 64;
/** A prime number, so that no day comes again within a round. */
const STEP_DAYS = 37;

/**
 * Answers about past days, which no cache has: each beside what a developer writes in a day (Fastify and
 * prepared statements on the same database, the same bytes), or beside a bare server that sends the same bytes;
 * and over NATS, beside the same over HTTP.
 */
export const pastDays: Benchmark = async ({ quick }) => {
  const size = quick ? 'quick' : 'full';
  const environment = { ...(await storedDays(DAYS[size])), RESPONSE_CACHE: 'off' };
  const clients = startHttpClients();
  const service = await startServer(KURS, environment);
  const script = await startServer(program('plain-script'), environment);
  const nest = await startServer(program('bare-nest'), { DATABASE_URL: 'sqlite::memory:' });
  const options = { rounds: ROUNDS[size], warmUpMs: WARM_UP_MS };
  const days = randomDays(DAYS[size]);
  const paths = (pathOf: (date: CalendarDate) => string) => days.map(pathOf);
  const ofDay = paths((date) => `/v1/rates?date=${date}`);
  const ofYear = paths((date) => `/v1/rates/X07/history?from=${addDays(date, -364)}&to=${date}`);
  const ofOne = paths((date) => `/v1/rates/X07?date=${date}`);
  const inDollars = paths((date) => `/v1/rates?date=${date}&quote=X00`);
  await refuseOtherBytes(service, script, [...ofDay.slice(0, 20), ...ofYear.slice(0, 5)]);

  const besideScript = (ourPaths: readonly string[]) =>
    besideEachOther(clients, service, script, { ourPaths, ...options });
  const day = await besideScript(ofDay);
  const year = await besideScript(ofYear);
  const one = await besideBare(clients, service, nest, { path: ofOne[0] ?? '', ...options });
  const crosses = await besideEachOther(clients, service, service, {
    ...{ ourPaths: inDollars, theirPaths: ofDay, ...options },
  });
  for (const { child } of [service, script, nest]) await stop(child);
  const rpc = await besideHttp(clients, environment, days, options);
  await stop(clients.child);
  return [
    row('all currencies of a past day', '/CPU s', day.ours),
    row('Fastify and prepared statements, the same bytes', '/CPU s', day.bound),
    ratio('all currencies of a past day, beside that', day.ours, day.bound, { atLeast: 1 }),
    row('a year of one currency', '/CPU s', year.ours),
    row('Fastify and a prepared statement, the same bytes', '/CPU s', year.bound),
    ratio('a year of one currency, beside that', year.ours, year.bound, { atLeast: 1 }),
    row('one rate on a past day', '/CPU s', one.ours),
    ratio('one rate on a past day, beside bare Nest on Express', one.ours, one.bound, {
      atLeast: 0.6,
    }),
    row('cross rates of a past day', '/CPU s', crosses.ours),
    ratio('cross rates of a past day, beside the day itself', crosses.ours, crosses.bound, {
      atLeast: 0.5,
    }),
    row(`all currencies of a past day over RPC, ${IN_FLIGHT} in flight`, '/CPU s', rpc.ours),
    row('the same over HTTP', '/CPU s', rpc.bound),
    ratio('all currencies of a past day over RPC, beside HTTP', rpc.ours, rpc.bound, {
      atLeast: 1,
    }),
  ];
};

/** The same service over NATS and over HTTP, with as many requests in flight. */
async function besideHttp(
  clients: HttpClients,
  environment: Environment,
  days: readonly string[],
  { rounds, warmUpMs }: Rounds,
): Promise<Figures> {
  const broker = await startBroker();
  const service = await startServer(KURS, { ...environment, NATS_URL: broker.url });
  const callers = startRpcClients();
  const order = {
    ...{ servers: broker.address, subject: 'rates.latest', inFlight: IN_FLIGHT },
    requests: days.map((date) => ({ date })),
  };
  const overRpc = (_: Server, ms: number) => callers.load({ ...order, ms });
  const paths = days.map((date) => `/v1/rates?date=${date}`);
  const overHttp = (server: Server, ms: number) =>
    loadOn(clients, server, { paths, connections: IN_FLIGHT, ms, isAwake: true });
  await overRpc(service, warmUpMs);
  await overHttp(service, warmUpMs);
  const figures = await inTurn({ service, bare: service, rounds, loads: [overRpc, overHttp] });
  for (const { child } of [callers, service]) await stop(child);
  broker.stop();
  return figures;
}

/** Days with a year of rates before them, in an order that repeats none for long. */
function randomDays(stored: number): CalendarDate[] {
  const last = stored - 366;
  return Array.from({ length: last }, (_, index) =>
    addDays(LAST_DAY, -((index * STEP_DAYS) % last)),
  );
}

/** @throws Error where the answers of the two differ */
async function refuseOtherBytes(
  service: Server,
  script: Server,
  paths: readonly string[],
): Promise<void> {
  const get = async ({ port }: Server, path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  for (const path of paths) {
    const [ours, theirs] = await Promise.all([get(service, path), get(script, path)]);
    if (ours === theirs) continue;
    const at = [...ours].findIndex((letter, index) => letter !== theirs[index]);
    throw new Error(
      `${path}: ${ours.slice(at - 60, at + 60)} is not ${theirs.slice(at - 60, at + 60)}`,
    );
  }
}
