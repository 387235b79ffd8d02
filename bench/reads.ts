import { besideBare } from './support/beside-bare.js';
import {
  type HttpClients,
  type Server,
  startHttpClients,
  startServer,
  takeLag,
} from './support/live-server.js';
import { type Benchmark, ratio, row, type Row } from './support/measure.js';
import { stop } from './support/processes.js';
import { program } from './support/programs.js';
import { LAST_DAY, serviceWith } from './support/stored-rates.js';

/** Fixings of 54 currencies: 350,000 rows, and a year's 250 for the short form. */
const DAYS = { full: 6_482, quick: 250 };
const ROUNDS = { full: 15, quick: 7 };
const READERS = 3;
/** Long enough for V8 to optimize all code of a miss. */
const WARM_UP_MS = 8_000;
const OF_A_DAY = `/v1/rates?date=${LAST_DAY}`;
const OF_ONE = `/v1/rates/X00?date=${LAST_DAY}`;
const OF_A_YEAR = '/v1/rates/X00/history?from=2025-08-19&to=2026-04-25';
const EVERYTHING = ['/rates/get', '/v1/rates?from=2008-07-27'];

/**
 * Reads that no cache answers, each beside bare node:http that sends the same bytes and the same headers
 * from the same core; and how late the event loop is while a client downloads everything.
 */
export const readRates: Benchmark = async ({ quick }) => {
  const size = quick ? 'quick' : 'full';
  const clients = startHttpClients();
  const bare = await startServer(program('bare-http'));
  const nest = await startServer(program('bare-nest'), { DATABASE_URL: 'sqlite::memory:' });
  const service = await serviceWith(DAYS[size], { RESPONSE_CACHE: 'off' });
  const rounds = ROUNDS[size];
  const measure = (bound: Server, path: string) =>
    besideBare(clients, service, bound, { path, rounds, warmUpMs: WARM_UP_MS });
  const day = await measure(bare, OF_A_DAY);
  const year = await measure(bare, OF_A_YEAR);
  const one = await measure(bare, OF_ONE);
  const framework = await measure(nest, OF_A_DAY);
  const rows = [
    row('a miss of the rates in force, 54 rows', '/CPU s', day.ours),
    row(`bare node:http, the same ${day.bytes} bytes`, '/CPU s', day.bound),
    ratio('a miss of 54 rates in force, beside bare node:http', day.ours, day.bound, {
      atLeast: 0.05,
    }),
    row('bare Nest on Express, the same bytes', '/CPU s', framework.bound),
    ratio(
      'a miss of 54 rates in force, beside bare Nest on Express',
      framework.ours,
      framework.bound,
    ),
    row('a miss of 250 rows of history', '/CPU s', year.ours),
    row(`bare node:http, the same ${year.bytes} bytes`, '/CPU s', year.bound),
    ratio('a miss of 250 rows of history, beside bare node:http', year.ours, year.bound, {
      atLeast: 0.03,
    }),
    row('a miss of one rate', '/CPU s', one.ours),
    ratio('a miss of one rate, beside bare node:http', one.ours, one.bound),
  ];
  if (!quick) {
    for (const path of EVERYTHING) rows.push(...(await lagOf(service, path)));
    const servers = { clients, bare, service };
    rows.push(...(await floorOf('54 rates in force', OF_A_DAY, servers)));
    rows.push(...(await floorOf('250 rows of history', OF_A_YEAR, servers)));
  }
  for (const { child } of [clients, bare, nest, service]) await stop(child);
  return rows;
};

/** Read as fast as this process can. */
async function lagOf(server: Server, path: string): Promise<Row[]> {
  const p99s: number[] = [];
  const most: number[] = [];
  for (let reader = 0; reader < READERS; reader++) {
    await takeLag(server);
    const { body } = await fetch(`http://127.0.0.1:${server.port}${path}`);
    for await (const _ of body ?? []);
    const { p99, max } = await takeLag(server);
    p99s.push(p99);
    most.push(max);
  }
  const what = `event loop late while ${path} gives 350,000 rows`;
  return [
    row(`${what}, 99th percentile`, 'ms', p99s, { atMost: 20 }),
    row('the same, the latest', 'ms', most),
  ];
}

/** A miss without any computation: the least that Nest, SQLite and the text cost. */
async function floorOf(
  what: string,
  path: string,
  { clients, bare, service }: { clients: HttpClients; bare: Server; service: Server },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [gives, how] of [
    ['rows', 'read row by row, and JSON.stringify'],
    ['text', 'a single text that SQLite makes'],
  ] as const) {
    const floor = await startServer(program('bare-rows'), { GIVES: gives });
    const options = { path, rounds: ROUNDS.full, warmUpMs: WARM_UP_MS };
    // It is given the answer of the service here.
    const miss = await besideBare(clients, service, floor, options);
    const least = await besideBare(clients, floor, bare, options);
    rows.push(
      ratio(`finished rows, ${how}: ${what}, beside bare node:http`, least.ours, least.bound),
      ratio(`a miss of ${what}, beside that`, miss.ours, miss.bound),
    );
    await stop(floor.child);
  }
  return rows;
}
