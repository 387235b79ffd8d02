import { loadOn } from './support/beside-bare.js';
import { type HttpClients, type Server, startHttpClients } from './support/live-server.js';
import { type Benchmark, ratio, row, type Row } from './support/measure.js';
import { stop } from './support/processes.js';
import { LAST_DAY, serviceWith } from './support/stored-rates.js';

/** Days of 54 currencies, and how many rows they are. */
const FEW = { days: 1, size: '54' };
const MORE = [
  { days: 186, size: '10,000' },
  { days: 6_482, size: '350,000' },
  { days: 55_556, size: '3,000,000' },
];
const REQUESTS = [
  ['GET /v1/rates of a day', `/v1/rates?date=${LAST_DAY}`],
  ['GET /v1/rates/X00', '/v1/rates/X00'],
  ['GET /v1/convert', `/v1/convert?amount=100&from=X01&to=X02&date=${LAST_DAY}`],
] as const;
const ROUNDS = 15;
const ROUND_MS = 300;
const WARM_UP_MS = 2_000;

/** The same requests, which no cache answers, where few rows are stored and where many are. */
export const rows: Benchmark = async () => {
  const clients = startHttpClients();
  const services: Server[] = [];
  for (const { days } of [FEW, ...MORE]) {
    services.push(await serviceWith(days, { RESPONSE_CACHE: 'off' }));
  }
  const measured: Row[] = [];
  for (const [what, path] of REQUESTS) {
    const [few = [], ...more] = await inTurn(clients, services, path);
    measured.push(row(`${what}, ${FEW.size} rows stored`, 'ms', few));
    for (const [index, figures] of more.entries()) {
      const named = `${what}, ${MORE[index]?.size} rows stored`;
      measured.push(row(named, 'ms', figures));
      measured.push(ratio(`${named}, beside 54`, figures, few, { atMost: 1.25 }));
    }
  }
  for (const { child } of [clients, ...services]) await stop(child);
  return measured;
};

/** Milliseconds for each answer, by service. */
async function inTurn(
  clients: HttpClients,
  services: readonly Server[],
  path: string,
): Promise<number[][]> {
  const sides = services.map((service) => ({ service, figures: [] as number[] }));
  const load = (service: Server, ms: number) =>
    loadOn(clients, service, { paths: [path], ms, status: 200 });
  for (const service of services) await load(service, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { service, figures } of sides) {
      figures.push(1_000 / (await load(service, ROUND_MS)).perSecond);
    }
  }
  return sides.map(({ figures }) => figures);
}
