import { besideBare } from './support/beside-bare.js';
import { type Server, startHttpClients, startServer } from './support/live-server.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { stop } from './support/processes.js';
import { program } from './support/programs.js';
import { LAST_DAY, serviceWith } from './support/stored-rates.js';

const PATH = `/v1/rates?date=${LAST_DAY}`;
const CONNECTIONS = 32;
const WARM_UP_MS = 3_000;
const ROUNDS = { full: 25, quick: 7 };

/** The rates in force from the response cache, beside bare node:http that sends the same bytes. */
export const cached: Benchmark = async ({ quick }) => {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const clients = startHttpClients();
  const service = await serviceWith(1);
  const bare = await startServer(program('bare-http'));
  const measure = (headers: Record<string, string>) =>
    besideBare(clients, service, bare, {
      ...{ path: PATH, headers, rounds },
      ...{ connections: CONNECTIONS, warmUpMs: WARM_UP_MS },
    });
  const whole = await measure({});
  const zipped = await measure({ 'Accept-Encoding': 'gzip' });
  const tag = await tagOf(service);
  const unchanged = await measure({ 'If-None-Match': tag });
  if (unchanged.status !== 304) throw new Error(`Not a 304 but ${unchanged.status}`);
  for (const { child } of [clients, bare, service]) await stop(child);
  return [
    row(`cached GET, 54 rates, ${whole.bytes} bytes`, '/CPU s', whole.ours),
    row('bare node:http, the same bytes', '/CPU s', whole.bound),
    ratio('cached GET, beside bare node:http', whole.ours, whole.bound, { atLeast: 0.7 }),
    row('its 99th percentile', 'ms', whole.oursP99),
    row('bare node:http, the same', 'ms', whole.boundP99),
    ratio('99th percentile of it, beside bare node:http', whole.oursP99, whole.boundP99, {
      atMost: 1.5,
    }),
    ratio('cached GET by gzip, beside bare node:http', zipped.ours, zipped.bound, { atLeast: 0.7 }),
    row('304', '/CPU s', unchanged.ours),
    ratio('304, beside bare node:http', unchanged.ours, unchanged.bound, { atLeast: 0.7 }),
  ];
};

async function tagOf({ port }: Server): Promise<string> {
  const headers = { Accept: '*/*', 'Accept-Encoding': 'identity' };
  const response = await fetch(`http://127.0.0.1:${port}${PATH}`, { headers });
  await response.arrayBuffer();
  return response.headers.get('etag') ?? '';
}
