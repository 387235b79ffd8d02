import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { HistoryBank } from './support/history-bank.js';
import { KURS, nextAnswer, type Server, startServer, takeLag } from './support/live-server.js';
import { type Benchmark, type Goal, row, type Row } from './support/measure.js';
import { startPostgres } from './support/postgres.js';
import { CLIENT_CORE, type Environment, inTime, onCore, stop } from './support/processes.js';
import { program } from './support/programs.js';
import { emptyDatabase } from './support/stored-rates.js';

const CURRENCIES = 54;
/** 54 series of them are 350,000 fixings. */
const DAYS = 6_482;
/** Requests a second: the bank's limit would make the commands wait rather than write. */
const AS_FAST_AS_THEY_CAN = '1000';
const CODES = Array.from({ length: CURRENCIES }, (_, at) => `X${String(at).padStart(2, '0')}`);
const IDLE_MS = 5_000;
const LOOK_MS = 5;
const COMMANDS = {
  'kurs backfill': ['backfill', '--from', '2000-01-01', '--codes', CODES.join(',')],
  'kurs backfill --sheets': ['backfill', '--sheets', '--from', '2015-01-01'],
};

/** A service on one core follows a command on the other that writes the history, then the sheets of three years. */
export const following: Benchmark = async () => {
  const onSqlite = await besideCommands('SQLite', emptyDatabase().DATABASE_URL);
  const { postgres, url } = await startPostgres();
  const onPostgres = await besideCommands('PostgreSQL', url);
  await postgres.stop();
  return [...onSqlite, ...onPostgres];
};

async function besideCommands(engine: string, DATABASE_URL: string): Promise<Row[]> {
  const bank = onCore(CLIENT_CORE, program('history-bank'), { words: [String(DAYS)] });
  const { url } = (await nextAnswer(bank)) as HistoryBank;
  const environment = { DATABASE_URL, CBR_REQUESTS_PER_SECOND: AS_FAST_AS_THEY_CAN };
  const nowhere = { CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' };
  const service = await startServer(KURS, { ...environment, ...nowhere });
  await takeLag(service);
  await pause(IDLE_MS);
  const rows = await lateness(service, `on ${engine}, nothing to follow`);
  for (const [name, words] of Object.entries(COMMANDS)) {
    await takeLag(service);
    const begun = performance.now();
    await run(words, { ...environment, CBR_BASE_URL: url });
    const seconds = (performance.now() - begun) / 1_000;
    await inTime(isFollowed(service), 'the service has what the command wrote');
    rows.push(
      row(`${name} on ${engine}`, 's', [seconds]),
      ...(await lateness(service, `on ${engine} beside it`, { atMost: 20 })),
    );
  }
  for (const child of [service.child, bank]) await stop(child);
  return rows;
}

async function lateness(service: Server, where: string, goal?: Goal): Promise<Row[]> {
  const { p99, max } = await takeLag(service);
  return [
    row(`event loop late ${where}, 99th percentile`, 'ms', [p99], goal),
    row('the same, the latest', 'ms', [max]),
  ];
}

async function run(words: readonly string[], environment: Environment): Promise<void> {
  const command = onCore(CLIENT_CORE, 'dist/cli/kurs.js', { words, environment, isSilent: true });
  const [code] = (await once(command, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`kurs ${words.join(' ')} ended with ${code}`);
}

async function isFollowed({ port }: Server): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    const { checks } = (await response.json()) as { checks: { book: { versions: number } } };
    if (checks.book.versions >= CURRENCIES * DAYS) return;
    await pause(LOOK_MS);
  }
}
