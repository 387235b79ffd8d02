import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addDays } from '../dist/common/calendar-date.js';
import { ratio, row, spread } from './support/measure.mjs';
import { freePort, startAndTime, stop } from './support/processes.mjs';

const CURRENCIES = 54;
const ROUNDS = 300;

/** The rates in force at 350,000 rows beside the same at 54, and thirty years of one currency as CSV. */
export async function readRates() {
  const small = await serviceWith(1);
  const large = await serviceWith(6_482);
  const [at54, at350k] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    // In turn, so that whatever else the machine does hits both; another address each time.
    at54.push(await time(`${small.url}/v1/rates?date=2026-04-25`));
    at350k.push(await time(`${large.url}/v1/rates?date=2026-04-25`));
  }
  const history = await serviceWith(7_600, 1);
  const csv = [];
  const path = '/v1/rates/X00/history.csv?from=2005-09-01&to=2026-04-25';
  for (let round = 0; round < 30; round++) csv.push(await time(`${history.url}${path}`));
  for (const { child } of [small, large, history]) await stop(child);
  return [
    row('GET /v1/rates, 54 rows', 'ms', at54),
    row('GET /v1/rates, 350,000 rows', 'ms', at350k),
    ratio('ratio', at350k, at54, 'goal: at most 1.25'),
    row('7,543 fixings of one currency as CSV (goal 150 ms)', 'ms', csv),
    { what: 'its 95th percentile', median: `${spread(csv).p95.toFixed(1)} ms`, spread: '' },
  ];
}

async function serviceWith(days, currencies = CURRENCIES) {
  const path = join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db');
  const PORT = String(await freePort());
  const env = { PORT, DATABASE_URL: `sqlite:${path}`, CBR_BASE_URL: 'http://127.0.0.1:9' };
  await stop((await startAndTime('dist/main.js', env, '/v1/status')).child);
  fill(path, days, currencies);
  const { child } = await startAndTime('dist/main.js', env, '/v1/status');
  return { child, url: `http://127.0.0.1:${PORT}` };
}

/** The last days up to 25 April 2026, each a sheet. */
function fill(path, days, currencies) {
  const database = new Database(path);
  const now = new Date().toISOString();
  const from = addDays('2026-04-25', 1 - days);
  const add = (table, row) => {
    const names = Object.keys(row);
    database
      .prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`)
      .run(Object.values(row));
  };
  const insert = database.prepare(
    `INSERT INTO rates (cbr_id, code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at)
     VALUES (?, ?, 'Валюта', 1, ?, ?, 'cbr', ?, ?, ?)`,
  );
  database.transaction(() => {
    add('coverage', { cbr_id: '*', from_date: from, to_date: '2026-04-25', recorded_at: now });
    for (let index = 0; index < currencies; index++) {
      const cbr_id = index === 0 ? 'R01235' : `R9${String(index).padStart(4, '0')}`;
      const code = `X${String(index).padStart(2, '0')}`;
      add('currencies', { cbr_id, code, name: 'Валюта' });
      for (let day = 0; day < days; day++) {
        const value = `${index + 10}.${String((day * 37) % 10_000).padStart(4, '0')}`;
        insert.run(cbr_id, code, value, addDays(from, day), now, now, now);
      }
    }
  })();
  database.close();
}

async function time(url) {
  const begun = performance.now();
  const response = await fetch(url);
  if (response.status !== 200)
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
  return performance.now() - begun;
}
