import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../dist/application.js';
import { parseSeries } from '../dist/cbr/cbr-series-xml.js';
import { addDays, startOfMoscowDay } from '../dist/common/calendar-date.js';
import { settingsFrom } from '../dist/config/environment.js';
import { KursLogger } from '../dist/config/kurs.logger.js';
import { HistoryRecorder } from '../dist/rates/recording/history-recorder.js';
import { ratio, row } from './support/measure.mjs';
import { Sqlite } from '../dist/database/sqlite.js';

const CURRENCIES = 54;
/** Of one currency; 54 of them make 350,000. */
const FIXINGS = { full: 6_482, quick: 1_500 };
const ROUNDS = 5;

/** 350,000 fixings into an empty database, beside bare prepared statements in one transaction of one better-sqlite3. */
export async function importHistory({ quick = false } = {}) {
  const fixings = quick ? FIXINGS.quick : FIXINGS.full;
  const ours = [];
  const bare = [];
  const longest = [];
  const records = Array.from({ length: CURRENCIES }, (_, index) => recordsOf(index, fixings));
  for (let round = 0; round < ROUNDS; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-'));
    const { perSecond, longestMs } = await importOurs(join(folder, 'kurs.db'), records);
    ours.push(perSecond / 1_000);
    longest.push(longestMs);
    bare.push(importBare(join(folder, 'kurs.db'), join(folder, 'bare.db'), records) / 1_000);
  }
  return [
    row('parsing XML_dynamic, measured apart', 'k/s', parsing(fixings)),
    row('import', 'k/s', ours),
    row('bare prepared statements, one transaction', 'k/s', bare),
    ratio('import, beside bare statements', ours, bare, { atLeast: 0.4 }),
    row('longest time that the event loop was held', 'ms', longest),
  ];
}

function recordsOf(index, fixings) {
  const cbr_id = `R9${String(index).padStart(4, '0')}`;
  let effective_date = '2000-01-01';
  return Array.from({ length: fixings }, (_, day) => {
    effective_date = addDays(effective_date, 1);
    const value = `${index + 10}.${String((day * 37) % 10_000).padStart(4, '0')}`;
    return { cbr_id, effective_date, nominal: 1, value };
  });
}

async function importOurs(path, records) {
  const settings = settingsFrom({
    ...{ PORT: '0', DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'fatal', BACKFILL_DAYS: '0' },
    CBR_BASE_URL: 'http://127.0.0.1:9',
  });
  const application = await Application.start(settings, new KursLogger(settings));
  await application.load();
  const history = application.get(HistoryRecorder);
  let longestMs = 0;
  let last = performance.now();
  const look = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  const begun = performance.now();
  for (const series of records) {
    const covered = { from: series[0].effective_date, to: series.at(-1).effective_date };
    const document = {
      kind: 'dynamic',
      bytes: Buffer.from(series[0].cbr_id),
      fetched_at: new Date(),
    };
    const known = { cbr_id: series[0].cbr_id, covered, records: series, document };
    await history.record(known, () => Promise.resolve());
  }
  const perSecond = (records.flat().length * 1_000) / (performance.now() - begun);
  clearInterval(look);
  await application.stop();
  return { perSecond, longestMs };
}

/** The same rows into the same table with the same indices. */
function importBare(model, path, records) {
  const definitions = new Sqlite(model, { readonly: true })
    .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  for (const sql of definitions) database.exec(sql);
  const insert = database.prepare(
    `INSERT INTO rates (cbr_id, code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at, document_id)
     VALUES (?, ?, ?, ?, ?, ?, 'cbr', ?, ?, ?, NULL)`,
  );
  const now = new Date().toISOString();
  const rows = records.flat().map(({ cbr_id, effective_date, nominal, value }) => {
    const created = startOfMoscowDay(effective_date).toISOString();
    return [cbr_id, cbr_id, cbr_id, nominal, value, effective_date, created, now, now];
  });
  const begun = performance.now();
  database.transaction(() => {
    for (const values of rows) insert.run(values);
  })();
  const perSecond = (rows.length * 1_000) / (performance.now() - begun);
  database.close();
  return perSecond;
}

function parsing(fixings) {
  const text = `<?xml version="1.0" encoding="windows-1251"?><ValCurs ID="R90000" DateRange1="01.07.1992" DateRange2="01.01.2030">${recordsOf(
    0,
    fixings,
  )
    .map(({ cbr_id, effective_date, value }) => {
      const date = effective_date.split('-').reverse().join('.');
      return `<Record Date="${date}" Id="${cbr_id}"><Nominal>1</Nominal><Value>${value.replace('.', ',')}</Value></Record>`;
    })
    .join('')}</ValCurs>`;
  const range = { from: '1992-07-01', to: '2030-01-01' };
  return Array.from({ length: 5 }, () => {
    const begun = performance.now();
    parseSeries(text, { cbr_id: 'R90000', range });
    return fixings / (performance.now() - begun);
  });
}
