import type Database from 'better-sqlite3';
import type { DataSourceOptions, EntitySchema } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { databaseAddress } from './database-url.js';
import { FirstLight1764000000000 } from './migrations/1764000000000-first-light.js';
import { ExactHistory1795500000000 } from './migrations/1795500000000-exact-history.js';
import { Fleet1795600000000 } from './migrations/1795600000000-fleet.js';
import { Authors1795700000000 } from './migrations/1795700000000-authors.js';
import { Quarantine1795800000000 } from './migrations/1795800000000-quarantine.js';
import { TrustedClock1795920000000 } from './migrations/1795920000000-trusted-clock.js';
import { BackfillRequests1795930000000 } from './migrations/1795930000000-backfill-requests.js';
import { SettingPeriods1795940000000 } from './migrations/1795940000000-setting-periods.js';
import { SheetBackfill1795940000001 } from './migrations/1795940000001-sheet-backfill.js';
import { MissingSheets1795950000001 } from './migrations/1795950000001-missing-sheets.js';
import { WithdrawnSheets1795960000000 } from './migrations/1795960000000-withdrawn-sheets.js';
import { SheetQuarantine1795970000000 } from './migrations/1795970000000-sheet-quarantine.js';
import { Changes1796000000000 } from './migrations/1796000000000-changes.js';
import { IndicesByDay1797000000000 } from './migrations/1797000000000-indices-by-day.js';
import { ChangeMarks1797000000001 } from './migrations/1797000000001-change-marks.js';
import { BuiltDocuments1797100000000 } from './migrations/1797100000000-built-documents.js';
import { clientWithTimeout } from './postgres-client.js';
import { Sqlite } from './sqlite.js';

type Entity = NewableFunction | EntitySchema;
type Role = 'writer' | 'reader' | 'migrator';

/** Longest wait of a writer for a lock before DatabaseBusyError, in milliseconds. */
export const LOCK_WAIT_MS = 5_000;

/**
 * better-sqlite3 waits synchronously. The writer therefore has no timeout and retries by itself, which keeps the
 * event loop free. A reader rarely waits, and for less than a client would notice.
 */
const SQLITE_BUSY_TIMEOUT_MS = { writer: 0, reader: 10, migrator: 0 };

/**
 * Pool sizes of PostgreSQL, and how long a connection waits for an answer before it counts as dead, in milliseconds:
 * TCP takes many minutes to report a link that drops packets. Migrations have no limit. `?query_timeout=` in
 * DATABASE_URL overrides it.
 */
const POSTGRES = {
  writer: { max: 2, query_timeout: 2 * LOCK_WAIT_MS },
  reader: { max: 8, query_timeout: 30_000 },
  migrator: { max: 2 },
};

/** Slightly above the size of the WAL at a checkpoint, so it is truncated only after it grew beyond that. */
const WAL_KEPT_BYTES = 16 * 1024 * 1024;

const MIGRATIONS = [
  FirstLight1764000000000,
  ExactHistory1795500000000,
  Fleet1795600000000,
  Authors1795700000000,
  Quarantine1795800000000,
  TrustedClock1795920000000,
  BackfillRequests1795930000000,
  SettingPeriods1795940000000,
  SheetBackfill1795940000001,
  MissingSheets1795950000001,
  WithdrawnSheets1795960000000,
  SheetQuarantine1795970000000,
  Changes1796000000000,
  IndicesByDay1797000000000,
  ChangeMarks1797000000001,
  BuiltDocuments1797100000000,
];

/** Names in the order in which migrations run, as stored in the table `migrations`. */
export const MIGRATION_NAMES = MIGRATIONS.map(({ name }) => name);

/** Migrations of this version that are not among `applied`. */
export function pendingAfter(applied: readonly string[]): string[] {
  return MIGRATION_NAMES.filter((name) => !applied.includes(name));
}

/** Migrations among `applied` that only a newer version has. */
export function unknownAmong(applied: readonly string[]): string[] {
  return applied.filter((name) => !MIGRATION_NAMES.includes(name));
}

/** Options of the connection behind the unit of work. The schema changes only by migrations, never by `synchronize`. */
export function writerOptions(
  { DATABASE_URL }: Settings,
  entities: Entity[],
  giveUp?: AbortSignal,
): DataSourceOptions {
  return optionsFor(DATABASE_URL, entities, 'writer', giveUp);
}

/** Options of the reading connections; the engine rejects writes on them. */
export function readerOptions(
  { DATABASE_URL }: Settings,
  entities: Entity[],
  giveUp?: AbortSignal,
): DataSourceOptions {
  return optionsFor(DATABASE_URL, entities, 'reader', giveUp);
}

/** Options of the connections that migrate PostgreSQL; SQLite is migrated through the writer. */
export function migratorOptions({ DATABASE_URL }: Settings): DataSourceOptions {
  return optionsFor(DATABASE_URL, [], 'migrator');
}

function optionsFor(
  databaseUrl: string,
  entities: Entity[],
  role: Role,
  giveUp?: AbortSignal,
): DataSourceOptions {
  const shared = { entities, migrations: MIGRATIONS, synchronize: false, logging: false } as const;
  const address = databaseAddress(databaseUrl);
  if (address.engine === 'sqlite') {
    return {
      ...shared,
      type: 'better-sqlite3',
      driver: Sqlite,
      database: address.path,
      timeout: SQLITE_BUSY_TIMEOUT_MS[role],
      prepareDatabase: role === 'reader' ? prepareReader : prepareWriter(address.maxPageCount),
    };
  }
  return {
    ...shared,
    type: 'postgres',
    url: address.url,
    connectTimeoutMS: LOCK_WAIT_MS,
    // seq and data_version are int8; both stay far below 2^53.
    parseInt8: true,
    extra: {
      ...POSTGRES[role],
      Client: clientWithTimeout(giveUp),
      keepAlive: true,
      application_name: `kurs-${role}`,
      lock_timeout: LOCK_WAIT_MS,
      idle_in_transaction_session_timeout: LOCK_WAIT_MS,
      ...(role === 'reader' && { options: '-c default_transaction_read_only=on' }),
    },
  };
}

const prepareWriter = (maxPageCount: number | undefined) => (database: Database.Database) => {
  // Another process may be switching the same new file. Blocking is harmless here: nothing else runs yet.
  database.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
  database.pragma('journal_mode = WAL');
  database.pragma(`busy_timeout = ${SQLITE_BUSY_TIMEOUT_MS.writer}`);
  // FULL: an acknowledged write survives a power cut. TypeORM's own WAL switch would leave NORMAL.
  database.pragma('synchronous = FULL');
  // Kilobytes. Loading history writes to all pages of its indexes, and SQLite's default of 2 MB would spill in every
  // transaction.
  database.pragma('cache_size = -32000');
  // Pages. A page that many commits change is copied to the file once for all of them.
  database.pragma('wal_autocheckpoint = 3000');
  // A reader in another process prevents a restart of the WAL, which then grows; SQLite truncates it to this size
  // afterwards.
  database.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
  // Applies to the connection, not to the file: a command with another address is not limited.
  if (maxPageCount !== undefined) database.pragma(`max_page_count = ${maxPageCount}`);
};

function prepareReader(database: Database.Database): void {
  database.pragma('query_only = ON');
}
