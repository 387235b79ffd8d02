import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { HistoryBank } from './support/history-bank.js';
import { KURS, nextAnswer, type Server, startServer, takeLag } from './support/live-server.js';
import { type Benchmark, type Goal, row, type Row } from './support/measure.js';
import { startPostgres } from './support/postgres.js';
import { CLIENT_CORE, type Environment, inTime, onCore, stop } from './support/processes.js';
import { emptyDatabase } from './support/stored-rates.js';

const CURRENCIES = 54;
/** 54 series of them are 350,000 fixings. */
const DAYS = 6_482;
/** Requests a second: the bank's limit would make the commands wait rather than write. */
const AS_FAST_AS_THEY_CAN = '1000';
const IDLE_MS = 5_000;

/** A service on one core follows a command on the other that writes the history, then the sheets of three years. */
export const following: Benchmark = async () => {
  const onSqlite = await besideCommands('SQLite', emptyDatabase().DATABASE_URL);
  const postgres = await startPostgres();
  const onPostgres = await besideCommands('PostgreSQL', postgres.url);
  await postgres.drop();
  return [...onSqlite, ...onPostgres];
};

async function besideCommands(engine: string, DATABASE_URL: string): Promise<Row[]> {
  const bank = onCore(CLIENT_CORE, 'bench/support/history-bank.ts', {
    preload: '@swc-node/register/esm-register',
    words: [String(CURRENCIES), String(DAYS)],
  });
  const { url, codes } = (await nextAnswer(bank)) as HistoryBank;
  const environment = { DATABASE_URL, CBR_REQUESTS_PER_SECOND: AS_FAST_AS_THEY_CAN };
  const nowhere = { CBR_BASE_URL: 'http://127.0.0.1:9', BACKFILL_DAYS: '0' };
  const service = await startServer(KURS, { ...environment, ...nowhere });
  await takeLag(service);
  await pause(IDLE_MS);
  const rows = await lateness(service, `on ${engine}, nothing to follow`);
  const commands = {
    'kurs backfill': ['backfill', '--from', '2000-01-01', '--codes', codes.join(',')],
    'kurs backfill --sheets': ['backfill', '--sheets', '--from', '2015-01-01'],
  };
  for (const [name, words] of Object.entries(commands)) {
    await takeLag(service);
    const begun = performance.now();
    await run(words, { ...environment, CBR_BASE_URL: url });
    const seconds = (performance.now() - begun) / 1_000;
    await inTime(write(service), 'the service has what the command wrote');
    rows.push(
      row(`${name} on ${engine}`, 's', [seconds]),
      ...(await lateness(service, `on ${engine} beside ${name}`, {
        atMost: 20,
      })),
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

/** A write of its own is answered once the service has all earlier ones. */
async function write({ port }: Server): Promise<void> {
  const rate = new URLSearchParams({ code: 'OWN', name: 'Own', value: '1' });
  const response = await fetch(`http://127.0.0.1:${port}/rates/create?${rate.toString()}`);
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}
