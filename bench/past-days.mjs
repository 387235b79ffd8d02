import { addDays } from '../dist/common/calendar-date.js';
import { besideBare, besideEachOther, inTurn, loadOn } from './support/beside-bare.mjs';
import { startBroker } from './support/broker.mjs';
import { startHttpClients, startRpcClients, startServer } from './support/live-server.mjs';
import { ratio, row } from './support/measure.mjs';
import { stop } from './support/processes.mjs';
import { LAST_DAY, storedDays } from './support/stored-rates.mjs';

/** Of 54 currencies: 430,000 rows, twice the bank's whole history; less for the short form. */
const DAYS = { full: 7_963, quick: 1_000 };
const ROUNDS = { full: 15, quick: 5 };
const WARM_UP_MS = 6_000;
const IN_FLIGHT = 64;
/** More days than a round asks about, each a prime number of days from the last. */
const STEP_DAYS = 37;

/**
 * Answers about past days, which no cache has: each beside what a developer writes in a day (Fastify and
 * prepared statements on the same database, the same bytes), or beside a bare server that sends the same bytes;
 * and over NATS, beside the same over HTTP.
 */
export async function pastDays({ quick = false } = {}) {
  const size = quick ? 'quick' : 'full';
  const environment = { ...(await storedDays(DAYS[size])), RESPONSE_CACHE: 'off' };
  const clients = startHttpClients();
  const service = await startServer('dist/main.js', environment);
  const script = await startServer('bench/support/plain-script.mjs', environment);
  const nest = await startServer('bench/support/bare-nest.mjs', {
    DATABASE_URL: 'sqlite::memory:',
  });
  const options = { rounds: ROUNDS[size], warmUpMs: WARM_UP_MS };
  const days = randomDays(DAYS[size]);
  const paths = (pathOf) => days.map(pathOf);
  const ofDay = paths((date) => `/v1/rates?date=${date}`);
  const ofYear = paths((date) => `/v1/rates/X07/history?from=${addDays(date, -364)}&to=${date}`);
  const ofOne = paths((date) => `/v1/rates/X07?date=${date}`);
  const inDollars = paths((date) => `/v1/rates?date=${date}&quote=X00`);
  await refuseOtherBytes(service, script, [...ofDay.slice(0, 20), ...ofYear.slice(0, 5)]);

  const besideScript = (ourPaths) =>
    besideEachOther(clients, service, script, { ourPaths, ...options });
  const day = await besideScript(ofDay);
  const year = await besideScript(ofYear);
  const one = await besideBare(clients, service, nest, { path: ofOne[0], ...options });
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
}

/** The same service is asked over NATS and over HTTP, with as many requests in flight. */
async function besideHttp(clients, environment, days, { rounds, warmUpMs }) {
  const broker = await startBroker();
  const service = await startServer('dist/main.js', { ...environment, NATS_URL: broker.url });
  const callers = startRpcClients();
  const asked = {
    ...{ servers: broker.address, subject: 'rates.latest', inFlight: IN_FLIGHT },
    requests: days.map((date) => ({ date })),
  };
  const overRpc = (_, ms) => callers.ask({ ...asked, ms });
  const paths = days.map((date) => `/v1/rates?date=${date}`);
  const overHttp = (server, ms) =>
    loadOn(clients, server, { paths, connections: IN_FLIGHT, ms, isAwake: true });
  await overRpc(service, warmUpMs);
  await overHttp(service, warmUpMs);
  const figures = await inTurn({ service, bare: service, rounds, loads: [overRpc, overHttp] });
  for (const { child } of [callers, service]) await stop(child);
  broker.stop();
  return figures;
}

/** Days with a year behind them, in an order in which none comes again for long. */
function randomDays(stored) {
  const last = stored - 366;
  return Array.from({ length: last }, (_, index) =>
    addDays(LAST_DAY, -((index * STEP_DAYS) % last)),
  );
}

/** @throws Error where the two do not say the same */
async function refuseOtherBytes(service, script, paths) {
  for (const path of paths) {
    const [ours, theirs] = await Promise.all(
      [service, script].map(async ({ port }) =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
      ),
    );
    if (ours === theirs) continue;
    const at = [...ours].findIndex((letter, index) => letter !== theirs[index]);
    throw new Error(
      `${path}: ${ours.slice(at - 60, at + 60)} is not ${theirs.slice(at - 60, at + 60)}`,
    );
  }
}
