import { addDays } from '#built/common/calendar-date.js';
import { besideBare, besideEachOther } from './support/beside-bare.js';
import { startHttpClients, startServer } from './support/live-server.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { stop } from './support/processes.js';
import { program } from './support/programs.js';
import { LAST_DAY, serviceWith } from './support/stored-rates.js';

const DAYS = { full: 6_482, quick: 250 };
const ROUNDS = { full: 15, quick: 5 };
const WARM_UP_MS = 6_000;
/** Of cached answers, as in `cached`. */
const CONNECTIONS = 32;

/**
 * The bank's XML as the mirror gives it: a sheet from the response cache, beside bare node:http that sends the same
 * bytes; and sheets that are built, beside the same days as `/v1/rates` gives them.
 */
export const mirrors: Benchmark = async ({ quick }) => {
  const size = quick ? 'quick' : 'full';
  const clients = startHttpClients();
  const bare = await startServer(program('bare-http'));
  const options = { rounds: ROUNDS[size], warmUpMs: WARM_UP_MS };
  const caching = await serviceWith(1);
  const sheet = await besideBare(clients, caching, bare, {
    ...{ path: sheetOf(LAST_DAY), connections: CONNECTIONS, ...options },
  });
  const service = await serviceWith(DAYS[size], { RESPONSE_CACHE: 'off' });
  const days = Array.from({ length: DAYS[size] }, (_, day) => addDays(LAST_DAY, -day));
  const built = await besideEachOther(clients, service, service, {
    ourPaths: days.map(sheetOf),
    theirPaths: days.map((date) => `/v1/rates?date=${date}`),
    ...options,
  });
  for (const { child } of [clients, bare, caching, service]) await stop(child);
  return [
    row(`a cached sheet as XML, ${sheet.bytes} bytes`, '/CPU s', sheet.ours),
    ratio('a cached sheet as XML, beside bare node:http', sheet.ours, sheet.bound, {
      atLeast: 0.6,
    }),
    row('a built sheet as XML', '/CPU s', built.ours),
    row('the same day from /v1/rates', '/CPU s', built.bound),
    ratio('a built sheet as XML, beside /v1/rates of the day', built.ours, built.bound, {
      atLeast: 0.5,
    }),
  ];
};

function sheetOf(date: string): string {
  return `/scripts/XML_daily.asp?date_req=${date.split('-').reverse().join('/')}`;
}
