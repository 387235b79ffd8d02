import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addDays } from '../dist/common/calendar-date.js';
import { ask, startHttpClients, startServer } from './support/live-server.mjs';
import { ratio, row, spread } from './support/measure.mjs';
import { stop } from './support/processes.mjs';

const CURRENCIES = 54;
const ROUNDS = 15;
const ROUND_MS = 400;
const WARM_UP_MS = 3_000;
const LAST_DAY = '2026-04-25';
const OF_A_DAY = `/v1/rates?date=${LAST_DAY}`;
const OF_A_YEAR = '/v1/rates/X00/history?from=2025-08-19&to=2026-04-25';

/**
 * Reads that no cache answers, each beside bare node:http that sends the same bytes and the same headers
 * from the same core; the rates of a day beside the same where there are more rows; and how late the
 * event loop is while somebody takes everything.
 */
export async function readRates() {
  const clients = startHttpClients();
  const bare = await startServer('bench/support/bare-http.mjs', {});
  const services = [await serviceWith(1), await serviceWith(6_482), await serviceWith(55_556)];
  const [small, large] = services;
  const rows = [
    ...(await besideBare(clients, large, bare, {
      what: 'a miss of the rates in force, 54 rows',
      path: OF_A_DAY,
      goal: 0.05,
    })),
    ...(await besideBare(clients, large, bare, {
      what: 'a miss of 250 rows of history',
      path: OF_A_YEAR,
      goal: 0.02,
    })),
    ...(await besideSmall(clients, services)),
    ...(await lagOf(large, '/rates/get')),
    ...(await lagOf(large, '/v1/rates?from=2008-07-27')),
  ];
  for (const { child } of [clients, bare, ...services]) await stop(child);
  return rows;
}

async function besideBare(clients, service, bare, { what, path, goal }) {
  await ask(bare.child, { answer: await answerOf(service, path) });
  const [ours, bound, ratios] = [[], [], []];
  await load(clients, service, path, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await load(clients, service, path, ROUND_MS));
    bound.push(await load(clients, bare, path, ROUND_MS));
    ratios.push(ours.at(-1) / bound.at(-1));
  }
  return [
    row(what, '/s', ours),
    row('bare node:http, the same bytes', '/s', bound),
    {
      what: 'ratio, median of rounds',
      median: spread(ratios).median.toFixed(3),
      spread: `goal: at least ${goal}`,
    },
  ];
}

/** The same question where there are 54, 350,000 and 3,000,000 rows. */
async function besideSmall(clients, services) {
  const figures = services.map(() => []);
  for (const service of services) await load(clients, service, OF_A_DAY, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, service] of services.entries()) {
      figures[index].push(1_000 / (await load(clients, service, OF_A_DAY, ROUND_MS)));
    }
  }
  const [at54, at350k, at3m] = figures;
  return [
    row('GET /v1/rates, 54 rows stored', 'ms', at54),
    row('the same, 350,000 rows', 'ms', at350k),
    ratio('ratio', at350k, at54, 'goal: at most 1.25'),
    row('the same, 3,000,000 rows', 'ms', at3m),
    ratio('ratio', at3m, at54, 'goal: at most 1.25'),
  ];
}

/** Read as fast as this process can. */
async function lagOf({ child, port }, path) {
  const p99s = [];
  const most = [];
  for (let round = 0; round < 3; round++) {
    await ask(child, { takeLag: true });
    const { body } = await fetch(`http://127.0.0.1:${port}${path}`);
    for await (const chunk of body) void chunk;
    const { p99, max } = await ask(child, { takeLag: true });
    p99s.push(p99);
    most.push(max);
  }
  return [
    row(`${path}, 350,000 rows: event loop, 99th percentile (goal 20 ms)`, 'ms', p99s),
    row('the same, at most', 'ms', most),
  ];
}

async function load({ ask: order }, { port }, path, ms) {
  const { perSecond, statuses } = await order({ port, path, ms });
  if (statuses.join() !== '200') throw new Error(`${path}: ${statuses}`);
  return perSecond;
}

/** The body and all headers but those that a server writes by itself. */
async function answerOf({ port }, path) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  const body = Buffer.from(await response.arrayBuffer());
  const own = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
  const headers = [...response.headers].filter(([name]) => !own.includes(name)).flat();
  headers.push('content-length', String(body.length));
  return { headers, body: body.toString('base64') };
}

async function serviceWith(days) {
  const path = join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db');
  const environment = {
    ...{ DATABASE_URL: `sqlite:${path}`, CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' },
    RESPONSE_CACHE: 'off',
  };
  await stop((await startServer('dist/main.js', environment)).child);
  fill(path, days);
  return startServer('dist/main.js', environment);
}

/** The last days up to 25 April 2026, each a sheet. */
function fill(path, days) {
  const database = new Database(path);
  const now = new Date().toISOString();
  const dates = Array.from({ length: days }, (_, day) => addDays(LAST_DAY, 1 + day - days));
  const add = (table, row) => {
    const names = Object.keys(row);
    database
      .prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`)
      .run(Object.values(row));
  };
  const insert = database.prepare(
    `INSERT INTO rates (cbr_id, code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at)
     VALUES (?, ?, ?, 1, ?, ?, 'cbr', ?, ?, ?)`,
  );
  database.transaction(() => {
    add('coverage', { cbr_id: '*', from_date: dates[0], to_date: LAST_DAY, recorded_at: now });
    for (let index = 0; index < CURRENCIES; index++) {
      const cbr_id = index === 0 ? 'R01235' : `R9${String(index).padStart(4, '0')}`;
      const code = `X${String(index).padStart(2, '0')}`;
      const name = `Валюта ${index}`;
      add('currencies', { cbr_id, code, name, name_en: `Currency ${index}`, num_code: '840' });
    }
    // By day, as they are published.
    for (const [day, date] of dates.entries()) {
      for (let index = 0; index < CURRENCIES; index++) {
        const cbr_id = index === 0 ? 'R01235' : `R9${String(index).padStart(4, '0')}`;
        const value = `${index + 10}.${String((day * 37) % 10_000).padStart(4, '0')}`;
        const [code, name] = [`X${String(index).padStart(2, '0')}`, `Валюта ${index}`];
        insert.run(cbr_id, code, name, value, date, `${date}T00:00:00.000Z`, now, now);
      }
    }
  })();
  database.close();
}
