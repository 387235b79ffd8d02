import { parseDailySheet } from '#built/cbr/cbr-xml.js';
import { addDays, toCalendarDate } from '#built/common/calendar-date.js';
import { Sqlite } from '#built/database/sqlite.js';
import { SheetRecorder } from '#built/rates/recording/sheet-recorder.js';
import { startInProcess } from './support/in-process.js';
import { type Benchmark, ratio, row, spread } from './support/measure.js';
import { sheetText } from './support/sheets.js';
import { newDatabase } from './support/stored-rates.js';

const ROUNDS = { full: 200, quick: 60 };

/** A sheet of 54 currencies, all changed: from text to committed, beside bare statements in one transaction. */
export const recordSheet: Benchmark = async ({ quick }) => {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const application = await startInProcess({ DATABASE_URL: `sqlite:${newDatabase()}` });
  const rates = application.get(SheetRecorder);
  const insertBare = bareInserts(newDatabase());
  const ours: number[] = [];
  const bare: number[] = [];
  for (
    let round = 0, date = toCalendarDate('2025-01-01');
    round < rounds;
    round++, date = addDays(date, 1)
  ) {
    const text = sheetText(date.split('-').reverse().join('.'), round);
    const begun = performance.now();
    const bytes = Buffer.from(text);
    const document = { kind: 'daily' as const, bytes, fetched_at: new Date() };
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
};

/** As many rows as a sheet writes: 54 rates and 54 events. */
function bareInserts(path: string): (date: string) => void {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT)');
  const insert = database.prepare('INSERT INTO rows (a, b, c, d) VALUES (?, ?, ?, ?)');
  return database.transaction((date: string) => {
    for (let index = 0; index < 108; index++)
      insert.run(date, 'R01235', '75.5273', 'x'.repeat(200));
  });
}
