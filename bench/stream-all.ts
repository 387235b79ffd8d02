import { setTimeout as pause } from 'node:timers/promises';
import { Sqlite } from '#built/database/sqlite.js';
import { freePort } from '../test/support/free-port.ts';
import { KURS } from './support/live-server.js';
import { type Benchmark, row } from './support/measure.js';
import { peakMb, residentMb, startAndTime, stop } from './support/processes.js';
import { emptyDatabase } from './support/stored-rates.js';

const ROWS = 350_000;

/** Memory of the service while it streams 350,000 rows, to a fast reader and to three slow ones at once. */
export const streamAll: Benchmark = async () => {
  const env = { ...emptyDatabase(), PORT: String(await freePort()) };
  await stop((await startAndTime(KURS, env, '/v1/status')).child);
  fill(env.DATABASE_URL.replace('sqlite:', ''));
  const { child } = await startAndTime(KURS, env, '/v1/status');
  await pause(2_000);
  const before = residentMb(child);
  const url = `http://127.0.0.1:${env.PORT}/rates/get`;
  const begun = performance.now();
  await readAll(url, 0);
  const seconds = (performance.now() - begun) / 1_000;
  const fast = peakMb(child) - before;
  await Promise.all([readAll(url, 1), readAll(url, 1), readAll(url, 1)]);
  const slow = peakMb(child) - before;
  await stop(child);
  return [
    row(`${ROWS} rows to one reader`, 's', [seconds]),
    row('memory more, one reader', 'MB', [fast], { atMost: 100 }),
    row('memory more, three slow readers at once', 'MB', [slow]),
  ];
};

async function readAll(url: string, pauseMs: number): Promise<void> {
  const { body } = await fetch(url);
  for await (const _ of body ?? []) if (pauseMs > 0) await pause(pauseMs);
}

function fill(path: string): void {
  const database = new Sqlite(path);
  const insert = database.prepare(
    `INSERT INTO rates (code, name, nominal, value, effective_date, source, created_at, updated_at, recorded_at)
     VALUES (?, 'Доллар США', 1, '75.5273', '2026-04-25', 'manual', ?, ?, ?)`,
  );
  database.transaction(() => {
    for (let index = 0; index < ROWS; index++) {
      const instant = new Date(1_700_000_000_000 + index * 60_000).toISOString();
      insert.run(`X${index % 54}`, instant, instant, instant);
    }
  })();
  database.close();
}
