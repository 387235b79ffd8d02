import { parseSeries } from '#built/cbr/cbr-series-xml.js';
import { addDays, startOfMoscowDay, toCalendarDate } from '#built/common/calendar-date.js';
import { Sqlite } from '#built/database/sqlite.js';
import { HistoryRecorder } from '#built/rates/recording/history-recorder.js';
import { startInProcess } from './support/in-process.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { newDatabase } from './support/stored-rates.js';

const CURRENCIES = 54;
/** Of one currency; 54 of them make 350,000. */
const FIXINGS = { full: 6_482, quick: 1_500 };
const ROUNDS = 5;

type Series = ReturnType<typeof recordsOf>;

/** 350,000 fixings into an empty database, beside bare prepared statements in one transaction of one better-sqlite3. */
export const importHistory: Benchmark = async ({ quick }) => {
  const fixings = quick ? FIXINGS.quick : FIXINGS.full;
  const ours: number[] = [];
  const bare: number[] = [];
  const longest: number[] = [];
  const series = Array.from({ length: CURRENCIES }, (_, index) => recordsOf(index, fixings));
  for (let round = 0; round < ROUNDS; round++) {
    const path = newDatabase();
    const { perSecond, longestMs } = await importOurs(path, series);
    ours.push(perSecond / 1_000);
    longest.push(longestMs);
    bare.push(importBare(path, series) / 1_000);
  }
  return [
    row('parsing XML_dynamic, measured apart', 'k/s', parsing(fixings)),
    row('import', 'k/s', ours),
    row('bare prepared statements, one transaction', 'k/s', bare),
    ratio('import, beside bare statements', ours, bare, { atLeast: 0.4 }),
    row('longest time that the event loop was held', 'ms', longest),
  ];
};

function recordsOf(index: number, fixings: number) {
  const cbr_id = `R9${String(index).padStart(4, '0')}`;
  const from = toCalendarDate('2000-01-02');
  let effective_date = toCalendarDate('2000-01-01');
  const records = Array.from({ length: fixings }, (_, day) => {
    effective_date = addDays(effective_date, 1);
    const value = `${index + 10}.${String((day * 37) % 10_000).padStart(4, '0')}`;
    return { cbr_id, effective_date, nominal: 1, value };
  });
  return { cbr_id, covered: { from, to: effective_date }, records };
}

async function importOurs(path: string, all: readonly Series[]) {
  const application = await startInProcess({ DATABASE_URL: `sqlite:${path}` });
  const history = application.get(HistoryRecorder);
  let longestMs = 0;
  let last = performance.now();
  const look = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  const begun = performance.now();
  for (const series of all) {
    const document = {
      kind: 'dynamic' as const,
      bytes: Buffer.from(series.cbr_id),
      fetched_at: new Date(),
    };
    await history.record({ ...series, document }, () => Promise.resolve());
  }
  const count = all.reduce((sum, { records }) => sum + records.length, 0);
  const perSecond = (count * 1_000) / (performance.now() - begun);
  clearInterval(look);
  await application.stop();
  return { perSecond, longestMs };
}

/** The same rows into the same table with the same indices as in the database `model`; rows for each second. */
function importBare(model: string, all: readonly Series[]): number {
  const definitions = new Sqlite(model, { readonly: true })
    .prepare<[], string>(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  const database = new Sqlite(newDatabase());
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  for (const sql of definitions) database.exec(sql);
  const insert = database.prepare(
    `INSERT INTO rates (cbr_id, code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at, document_id)
     VALUES (?, ?, ?, ?, ?, ?, 'cbr', ?, ?, ?, NULL)`,
  );
  const now = new Date().toISOString();
  const rows = all.flatMap(({ records }) =>
    records.map(({ cbr_id, effective_date, nominal, value }) => {
      const created = startOfMoscowDay(effective_date).toISOString();
      return [cbr_id, cbr_id, cbr_id, nominal, value, effective_date, created, now, now];
    }),
  );
  const begun = performance.now();
  database.transaction(() => {
    for (const values of rows) insert.run(values);
  })();
  const perSecond = (rows.length * 1_000) / (performance.now() - begun);
  database.close();
  return perSecond;
}

function parsing(fixings: number): number[] {
  const records = recordsOf(0, fixings).records.map(({ cbr_id, effective_date, value }) => {
    const date = effective_date.split('-').reverse().join('.');
    return `<Record Date="${date}" Id="${cbr_id}"><Nominal>1</Nominal><Value>${value.replace('.', ',')}</Value></Record>`;
  });
  const text = `<?xml version="1.0" encoding="windows-1251"?><ValCurs ID="R90000" DateRange1="01.07.1992" DateRange2="01.01.2030">${records.join('')}</ValCurs>`;
  const range = { from: toCalendarDate('1992-07-01'), to: toCalendarDate('2030-01-01') };
  return Array.from({ length: 5 }, () => {
    const begun = performance.now();
    parseSeries(text, { cbr_id: 'R90000', range });
    return fixings / (performance.now() - begun);
  });
}
