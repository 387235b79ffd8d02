import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, type CalendarDate } from '#built/common/calendar-date.js';
import { Sqlite } from '#built/database/sqlite.js';
import { KURS, type Server, startServer } from './live-server.js';
import { type Environment, stop } from './processes.js';

const CURRENCIES = 54;
export const LAST_DAY = '2026-04-25' as CalendarDate;

/** The settings of a service on a database of its own that calls no bank. */
export function emptyDatabase(): Record<'DATABASE_URL' | 'CBR_BASE_URL' | 'BACKFILL_DAYS', string> {
  return {
    DATABASE_URL: `sqlite:${newDatabase()}`,
    CBR_BASE_URL: 'http://127.0.0.1:9',
    BACKFILL_DAYS: '0',
  };
}

/** Path for a database in a new folder. */
export function newDatabase(): string {
  return join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db');
}

/** A service that has sheets of 54 currencies for as many days up to the last one, and calls no bank. */
export async function serviceWith(days: number, more: Environment = {}): Promise<Server> {
  return startServer(KURS, { ...(await storedDays(days)), ...more });
}

/** The same days in a database of their own: the settings of a service that has them. */
export async function storedDays(days: number): Promise<Environment> {
  const environment = emptyDatabase();
  await stop((await startServer(KURS, environment)).child);
  fill(environment.DATABASE_URL.replace('sqlite:', ''), days);
  return environment;
}

/** The last days up to 25 April 2026, each a sheet. */
function fill(path: string, days: number): void {
  const database = new Sqlite(path);
  const now = new Date().toISOString();
  const firstDay = addDays(LAST_DAY, 1 - days);
  const add = (table: string, row: Record<string, string>) => {
    const names = Object.keys(row);
    database
      .prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`)
      .run(Object.values(row));
  };
  const insert = database.prepare(
    `INSERT INTO rates (cbr_id, code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at)
     VALUES (?, ?, ?, 1, ?, ?, 'cbr', ?, ?, ?)`,
  );
  database.transaction(() => {
    add('coverage', { cbr_id: '*', from_date: firstDay, to_date: LAST_DAY, recorded_at: now });
    for (let index = 0; index < CURRENCIES; index++) {
      const { cbr_id, code, name } = currency(index);
      add('currencies', { cbr_id, code, name, name_en: `Currency ${index}`, num_code: '840' });
      // Without it days before 2010 count as not loaded: the rate may have been set monthly.
      const period = { cbr_id, rhythm: 'daily', from_date: firstDay, to_date: '2009-12-31' };
      if (firstDay < '2010-01-01') add('setting_periods', { ...period, recorded_at: now });
    }
    // By day, as they are published.
    for (let day = 0, date = firstDay; day < days; day++, date = addDays(date, 1)) {
      for (let index = 0; index < CURRENCIES; index++) {
        const { cbr_id, code, name } = currency(index);
        const value = `${index + 10}.${String((day * 37) % 10_000).padStart(4, '0')}`;
        insert.run(cbr_id, code, name, value, date, `${date}T00:00:00.000Z`, now, now);
      }
    }
  })();
  database.close();
}

function currency(index: number) {
  return {
    cbr_id: index === 0 ? 'R01235' : `R9${String(index).padStart(4, '0')}`,
    code: `X${String(index).padStart(2, '0')}`,
    name: `Валюта ${index}`,
  };
}
