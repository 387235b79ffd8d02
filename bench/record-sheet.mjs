import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../dist/application.js';
import { parseDailySheet } from '../dist/cbr/cbr-xml.js';
import { addDays } from '../dist/common/calendar-date.js';
import { settingsFrom } from '../dist/config/environment.js';
import { KursLogger } from '../dist/config/kurs.logger.js';
import { SheetRecorder } from '../dist/rates/recording/sheet-recorder.js';
import { ratio, row, spread } from './support/measure.mjs';
import { sheetText } from './support/sheets.mjs';
import { Sqlite } from '../dist/database/sqlite.js';

const ROUNDS = { full: 200, quick: 60 };

/** A sheet of 54 currencies, all changed: from text to committed, beside bare statements in one transaction. */
export async function recordSheet({ quick = false } = {}) {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-'));
  const settings = settingsFrom({
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'kurs.db')}`,
    CBR_BASE_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'fatal',
  });
  const application = await Application.start(settings, new KursLogger(settings));
  await application.load();
  const rates = application.get(SheetRecorder);
  const insertBare = bareInserts(join(folder, 'bare.db'));
  const ours = [];
  const bare = [];
  for (let round = 0, date = '2025-01-01'; round < rounds; round++, date = addDays(date, 1)) {
    const text = sheetText(date.split('-').reverse().join('.'), round);
    const begun = performance.now();
    const bytes = Buffer.from(text);
    const document = { kind: 'daily', bytes, fetched_at: new Date() };
    const sheet = { ...parseDailySheet(text), in_force_to: date, document };
    await rates.record(sheet, () => Promise.resolve());
    const recorded = performance.now();
    insertBare(date);
    ours.push(recorded - begun);
    bare.push(performance.now() - recorded);
  }
  await application.stop();
  return [
    row('a sheet of 54, text to committed', 'ms', ours),
    row('a sheet of 54, text to committed, 95th percentile', 'ms', [spread(ours).p95], {
      atMost: 50,
    }),
    row('bare: 108 inserts in one transaction, synchronous=FULL', 'ms', bare),
    ratio('a sheet of 54, beside bare inserts', ours, bare),
  ];
}

/** As many rows as a sheet writes: 54 rates and 54 events. */
function bareInserts(path) {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT)');
  const insert = database.prepare('INSERT INTO rows (a, b, c, d) VALUES (?, ?, ?, ?)');
  return database.transaction((date) => {
    for (let index = 0; index < 108; index++)
      insert.run(date, 'R01235', '75.5273', 'x'.repeat(200));
  });
}
