import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '../../dist/common/calendar-date.js';
import { startServer } from './live-server.mjs';
import { stop } from './processes.mjs';
import { Sqlite } from '../../dist/database/sqlite.js';

const CURRENCIES = 54;
export const LAST_DAY = '2026-04-25';

/** A service that has sheets of 54 currencies for as many days up to the last one, and asks no bank. */
export async function serviceWith(days, more = {}) {
  return startServer('dist/main.js', { ...(await storedDays(days)), ...more });
}

/** The same days in a database of their own: the settings of a service that has them. */
export async function storedDays(days) {
  const path = join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db');
  const environment = {
    ...{ DATABASE_URL: `sqlite:${path}`, CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' },
  };
  await stop((await startServer('dist/main.js', environment)).child);
  fill(path, days);
  return environment;
}

/** The last days up to 25 April 2026, each a sheet. */
function fill(path, days) {
  const database = new Sqlite(path);
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
      // Without it nothing is known of days before 2010, on which it may have been set monthly.
      const period = { cbr_id, rhythm: 'daily', from_date: dates[0], to_date: '2009-12-31' };
      if (dates[0] < '2010-01-01') add('setting_periods', { ...period, recorded_at: now });
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
