import { loadOn } from './support/beside-bare.mjs';
import { startHttpClients } from './support/live-server.mjs';
import { ratio, row } from './support/measure.mjs';
import { stop } from './support/processes.mjs';
import { LAST_DAY, serviceWith } from './support/stored-rates.mjs';

/** Days of 54 currencies, and how many rows they are. */
const SIZES = [
  [1, '54'],
  [186, '10,000'],
  [6_482, '350,000'],
  [55_556, '3,000,000'],
];
const QUESTIONS = [
  ['GET /v1/rates of a day', `/v1/rates?date=${LAST_DAY}`],
  ['GET /v1/rates/X00', '/v1/rates/X00'],
  ['GET /v1/convert', `/v1/convert?amount=100&from=X01&to=X02&date=${LAST_DAY}`],
];
const ROUNDS = 15;
const ROUND_MS = 300;
const WARM_UP_MS = 2_000;

/** The same questions, which no cache answers, where few rows are stored and where many are. */
export async function rows() {
  const clients = startHttpClients();
  const services = [];
  for (const [days] of SIZES) services.push(await serviceWith(days, { RESPONSE_CACHE: 'off' }));
  const measured = [];
  for (const [what, path] of QUESTIONS) {
    const [few, ...more] = await inTurn(clients, services, path);
    measured.push(row(`${what}, ${SIZES[0][1]} rows stored`, 'ms', few));
    for (const [index, figures] of more.entries()) {
      const named = `${what}, ${SIZES[index + 1][1]} rows stored`;
      measured.push(row(named, 'ms', figures));
      measured.push(ratio(`${named}, beside 54`, figures, few, { atMost: 1.25 }));
    }
  }
  for (const { child } of [clients, ...services]) await stop(child);
  return measured;
}

/** Milliseconds for each answer, by service. */
async function inTurn(clients, services, path) {
  const figures = services.map(() => []);
  const load = (service, ms) => loadOn(clients, service, { path, ms, status: 200 });
  for (const service of services) await load(service, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, service] of services.entries()) {
      figures[index].push(1_000 / (await load(service, ROUND_MS)).perSecond);
    }
  }
  return figures;
}
