// What a developer writes in a day: Fastify and prepared statements on the same database, floats, one address
// for a day and one for a range. It gives the same bytes as Kurs for the data of the benchmark, and knows nothing of
// corrections, holes, withdrawn sheets, manual rates or 1998.
import Fastify from 'fastify';
import { Sqlite } from '#built/database/sqlite.js';

interface StoredRow {
  cbr_id: string;
  code: string;
  name: string;
  name_en: string;
  num_code: string;
  nominal: number;
  value: string;
  effective_date: string;
  source: string;
}

const database = new Sqlite((process.env.DATABASE_URL ?? '').replace('sqlite:', ''));
/** The index is by the bank's ID: by code, a range would scan all rows of its days. */
const ID = '(SELECT cbr_id FROM currencies WHERE code = ?)';
const ROWS = `SELECT rates.*, name_en, num_code FROM rates JOIN currencies USING (cbr_id)`;
const newest = database
  .prepare<[string], string>('SELECT MAX(effective_date) FROM rates WHERE effective_date <= ?')
  .pluck();
const ofDay = database.prepare<[string | undefined], StoredRow>(
  `${ROWS} WHERE effective_date = ? ORDER BY rates.code`,
);
const ofRange = database.prepare<[string, string | undefined, string], StoredRow>(
  `${ROWS} WHERE rates.cbr_id = ${ID} AND effective_date BETWEEN ? AND ? ORDER BY effective_date`,
);
const before = database.prepare<[string, string], StoredRow>(
  `SELECT * FROM rates WHERE cbr_id = ${ID} AND effective_date < ? ORDER BY effective_date DESC LIMIT 1`,
);

const dayBefore = (date: string) =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const trimmed = (figure: number) => String(Number(figure.toFixed(8)));

function record(row: StoredRow, previous: StoredRow | undefined, requested_date: string) {
  const rate = Number(row.value) / row.nominal;
  const last = previous && Number(previous.value) / previous.nominal;
  return {
    code: row.code,
    quote: 'RUB',
    nominal: row.nominal,
    value: row.value,
    rate: trimmed(rate),
    effective_date: row.effective_date,
    requested_date,
    carried: row.effective_date !== requested_date,
    provisional: false,
    previous_rate: last === undefined ? null : trimmed(last),
    change: last === undefined ? null : trimmed(rate - last),
    change_percent: last === undefined ? null : (((rate - last) / last) * 100).toFixed(4),
    name: row.name,
    name_en: row.name_en,
    num_code: row.num_code,
    cbr_id: row.cbr_id,
    source: row.source,
  };
}

const server = Fastify();
server.get('/health/live', () => ({ status: 'ok' }));
server.get<{ Querystring: { date: string } }>('/v1/rates', ({ query: { date } }) => {
  const day = newest.get(date) ?? date;
  const previous = new Map(ofDay.all(newest.get(dayBefore(day))).map((row) => [row.cbr_id, row]));
  return ofDay.all(day).map((row) => record(row, previous.get(row.cbr_id), date));
});
server.get<{ Params: { code: string }; Querystring: { from: string; to: string } }>(
  '/v1/rates/:code/history',
  ({ params: { code }, query: { from, to } }) => {
    let previous = before.get(code, from);
    return ofRange.all(code, from, to).map((row) => {
      const made = record(row, previous, row.effective_date);
      previous = row;
      return made;
    });
  },
);
server.get<{ Params: { code: string }; Querystring: { date: string } }>(
  '/v1/rates/:code',
  ({ params: { code }, query: { date } }) => {
    const row = ofRange.all(code, newest.get(date), date).at(-1);
    return row && record(row, before.get(code, row.effective_date), date);
  },
);
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
