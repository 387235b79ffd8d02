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
import { impatientClient } from './postgres-client.js';
import { Sqlite } from './sqlite.js';

type Entity = NewableFunction | EntitySchema;
type Role = 'writer' | 'reader' | 'migrator';

/** How long a writer waits for a lock before its caller is told that the database is busy, in milliseconds. */
export const LOCK_WAIT_MS = 5_000;

/**
 * better-sqlite3 waits synchronously. The writer does not let it: it tries again for itself, while the
 * event loop goes on. A reader hardly ever waits, and its patience is below anything a socket would notice.
 */
const SQLITE_BUSY_TIMEOUT_MS = { writer: 0, reader: 10, migrator: 0 };

/**
 * PostgreSQL's connections, and how long one waits for an answer before it is given up as dead, in
 * milliseconds: of a wire that swallows what is sent TCP itself tells after many minutes. Migrations may
 * take their time. `?query_timeout=` in DATABASE_URL overrules it.
 */
const POSTGRES = {
  writer: { max: 2, query_timeout: 2 * LOCK_WAIT_MS },
  reader: { max: 8, query_timeout: 30_000 },
  migrator: { max: 2 },
};

/** A little more than the log has at a checkpoint: it is cut where it had to grow beyond that alone. */
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
];

/** In the order in which they run; as the table `migrations` names them. */
export const MIGRATION_NAMES = MIGRATIONS.map(({ name }) => name);

/** Migrations of this version that a database lacks which has run the `applied` ones. */
export function pendingAfter(applied: readonly string[]): string[] {
  return MIGRATION_NAMES.filter((name) => !applied.includes(name));
}

/** Those of a newer version among the `applied` ones. */
export function unknownAmong(applied: readonly string[]): string[] {
  return applied.filter((name) => !MIGRATION_NAMES.includes(name));
}

/** The connection that the unit of work writes through. Migrations only: `synchronize` never. */
export function writerOptions({ DATABASE_URL }: Settings, entities: Entity[]): DataSourceOptions {
  return optionsFor(DATABASE_URL, entities, 'writer');
}

/** The connections that everything else reads through; the engine itself refuses writes on them. */
export function readerOptions({ DATABASE_URL }: Settings, entities: Entity[]): DataSourceOptions {
  return optionsFor(DATABASE_URL, entities, 'reader');
}

/** The connections of PostgreSQL's migrations; those of SQLite run on the writer's. */
export function migratorOptions({ DATABASE_URL }: Settings): DataSourceOptions {
  return optionsFor(DATABASE_URL, [], 'migrator');
}

function optionsFor(databaseUrl: string, entities: Entity[], role: Role): DataSourceOptions {
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
      Client: impatientClient(),
      keepAlive: true,
      application_name: `kurs-${role}`,
      lock_timeout: LOCK_WAIT_MS,
      idle_in_transaction_session_timeout: LOCK_WAIT_MS,
      ...(role === 'reader' && { options: '-c default_transaction_read_only=on' }),
    },
  };
}

const prepareWriter = (maxPageCount: number | undefined) => (database: Database.Database) => {
  // Another process may be switching the same new file: nothing else runs here yet that would stand still.
  database.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
  database.pragma('journal_mode = WAL');
  database.pragma(`busy_timeout = ${SQLITE_BUSY_TIMEOUT_MS.writer}`);
  // FULL: an acknowledged write survives a power cut; TypeORM's own WAL switch would leave NORMAL.
  database.pragma('synchronous = FULL');
  // In kilobytes: history writes all over its indices, and SQLite's own 2 MB spill in every transaction.
  database.pragma('cache_size = -32000');
  // In pages: a page that many commits of history touch is carried to the file once for all of them.
  database.pragma('wal_autocheckpoint = 3000');
  // A reader of another process keeps the log from beginning anew, and it grows; afterwards SQLite cuts it down to this.
  database.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
  // Of a connection, not of the file: a command with another address is not bound by it.
  if (maxPageCount !== undefined) database.pragma(`max_page_count = ${maxPageCount}`);
};

function prepareReader(database: Database.Database): void {
  database.pragma('query_only = ON');
}
