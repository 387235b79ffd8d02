import type Database from 'better-sqlite3';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { appliedOn } from './applied-migrations.js';
import { pendingAfter, unknownAmong, writerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import { asFileError, DatabaseDamagedError, ForeignDatabaseError } from './database.errors.js';
import { lockOf, rejectSecondName } from './database-lock.js';
import { contentsOf, proveWritable } from './file-contents.js';
import { COMPANIONS, isVacant, rejectLost } from './lost-database.js';
import { Sqlite } from './sqlite.js';

/** A day without a valid sheet, and why. */
interface MissingSheetFact {
  date: string;
  code: string;
  message: string;
}

/** The number of pending quarantine items, and the date of the oldest. */
interface WaitingFact {
  count: number;
  oldest: string | null;
}

/** The state of the database, read without changing it. */
export interface DatabaseFacts {
  /** The path of the file, or version and name of the PostgreSQL database. */
  place: string;
  /** There is none yet; the service creates it. */
  isNew: boolean;
  /** Migrations that the service would run. */
  pending: string[];
  /** Migrations of a newer Kurs. */
  unknown: string[];
  /** Not read, and empty, while a migration is pending. */
  missing: MissingSheetFact[];
  /** Not read, and empty, while a migration is pending. */
  waiting: WaitingFact;
  /** The time on the clock of PostgreSQL. */
  now: Date | undefined;
}

/** How long to wait for another writer, in milliseconds. */
const LOCK_TIMEOUT_MS = 3_000;

/**
 * Proves that the database can be read and written, but changes nothing: creates no file, runs no migration.
 *
 * @throws the error of the system or the driver if it cannot
 */
export function inspectDatabase(settings: Settings): Promise<DatabaseFacts> {
  const address = databaseAddress(settings.DATABASE_URL);
  return address.engine === 'sqlite'
    ? Promise.resolve()
        .then(() => inspectFile(address.path))
        .catch((thrown: unknown) => {
          throw asFileError(thrown, address.path);
        })
    : inspectPostgres(settings);
}

function inspectFile(place: string): DatabaseFacts {
  rejectLost(place);
  rejectSecondName(place);
  const isNew = isVacant(place);
  let folder = dirname(place);
  while (isNew && !existsSync(folder)) folder = dirname(folder);
  // SQLite creates its log in the same folder.
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const path of [place, ...COMPANIONS.map((end) => place + end), lockOf(place)]) {
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  }
  if (isNew) return { place, isNew, pending: [], unknown: [], ...NOT_READ, now: undefined };
  const database = new Sqlite(place, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  try {
    const { applied, isForeign } = contentsOf(database);
    if (isForeign) throw new ForeignDatabaseError(place);
    proveWritable(database);
    requireIntact(database);
    const compared = compareMigrations(applied);
    if (!isOfThisVersion(compared)) {
      return { place, isNew, ...compared, ...NOT_READ, now: undefined };
    }
    const missing = database.prepare(MISSING).all() as MissingSheetFact[];
    const waiting = database.prepare(WAITING).get() as WaitingFact;
    return { place, isNew, ...compared, missing, waiting, now: undefined };
  } finally {
    database.close();
  }
}

/** Reads every page; otherwise damage shows only when its rows are read. */
function requireIntact(database: Database.Database): void {
  const found = database.pragma('quick_check(1)', { simple: true }) as string;
  if (found !== 'ok') throw new DatabaseDamagedError({ cause: new Error(found) });
}

interface PostgresRow {
  place: string;
  now: Date;
  is_standby: boolean;
  may_create: boolean;
}

async function inspectPostgres(settings: Settings): Promise<DatabaseFacts> {
  const source = new DataSource(writerOptions(settings, []));
  await source.initialize();
  try {
    const [row] = await source.query<PostgresRow[]>(
      `SELECT split_part(version(), ' on ', 1) || ', database ' || current_database() AS place, now() AS now,
         pg_is_in_recovery() AS is_standby, has_schema_privilege(current_schema(), 'CREATE') AS may_create`,
    );
    if (!row) throw new RangeError('PostgreSQL returned no row');
    if (row.is_standby) throw new Error('The server is a standby and accepts no writes');
    if (!row.may_create) throw new Error('The user may not create tables in its schema');
    const applied = await appliedOn(source);
    const { place, now } = row;
    const compared = compareMigrations(applied);
    const facts = { place, now, isNew: applied.length === 0, ...compared };
    if (!isOfThisVersion(compared)) return { ...facts, ...NOT_READ };
    const missing = await source.query<MissingSheetFact[]>(MISSING);
    const [waiting = NOT_READ.waiting] = await source.query<WaitingFact[]>(WAITING);
    return { ...facts, missing, waiting };
  } finally {
    await source.destroy();
  }
}

const NOT_READ: Pick<DatabaseFacts, 'missing' | 'waiting'> = {
  missing: [],
  waiting: { count: 0, oldest: null },
};

const WAITING = `SELECT CAST(COUNT(*) AS INTEGER) AS count, MIN(effective_date) AS oldest
  FROM quarantine WHERE state = 'pending' AND kind <> 'line'`;

const MISSING = 'SELECT date, code, message FROM missing_sheets ORDER BY date';

function isOfThisVersion({ pending, unknown }: Compared): boolean {
  return pending.length === 0 && unknown.length === 0;
}

type Compared = Pick<DatabaseFacts, 'pending' | 'unknown'>;

function compareMigrations(applied: readonly string[]): Compared {
  return { pending: pendingAfter(applied), unknown: unknownAmong(applied) };
}
