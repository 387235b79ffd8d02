import type Database from 'better-sqlite3';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { appliedOn } from './applied-migrations.js';
import { pendingAfter, unknownAmong, writerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import { asFileError, DatabaseDamagedError, ForeignDatabaseError } from './database.errors.js';
import { lockOf, refuseSecondName } from './database-lock.js';
import { contentsOf, proveWritable } from './file-contents.js';
import { COMPANIONS, isVacant, refuseLost } from './lost-database.js';
import { Sqlite } from './sqlite.js';

/** A day whose sheet could not be had. */
interface MissingSheetFact {
  date: string;
  code: string;
  message: string;
}

/** How many items wait for a person, and the date of the oldest. */
interface WaitingFact {
  count: number;
  oldest: string | null;
}

/** How it stands with a database that is looked at, and not touched. */
export interface DatabaseFacts {
  /** The file, or what PostgreSQL says of itself. */
  place: string;
  /** There is none yet: the service will make it. */
  isNew: boolean;
  /** Migrations that the service will run. */
  pending: string[];
  /** Migrations of a newer Kurs. */
  unknown: string[];
  /** Days whose sheet could not be had; none where a migration is pending. */
  missing: MissingSheetFact[];
  /** What waits in the quarantine; nothing where a migration is pending. */
  waiting: WaitingFact;
  /** The database's own clock, where it has one. */
  now: Date | undefined;
}

/** How long another writer is waited for, in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Reads and could write, but changes nothing: no file is made, no migration runs.
 *
 * @throws what the system or the driver says when the database cannot be reached or written
 */
export function examineDatabase(settings: Settings): Promise<DatabaseFacts> {
  const address = databaseAddress(settings.DATABASE_URL);
  return address.engine === 'sqlite'
    ? Promise.resolve()
        .then(() => examineFile(address.path))
        .catch((thrown: unknown) => {
          throw asFileError(thrown, address.path);
        })
    : examinePostgres(settings);
}

function examineFile(place: string): DatabaseFacts {
  refuseLost(place);
  refuseSecondName(place);
  const isNew = isVacant(place);
  let folder = dirname(place);
  while (isNew && !existsSync(folder)) folder = dirname(folder);
  // SQLite writes its log beside the file, and lists it there.
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const path of [place, ...COMPANIONS.map((end) => place + end), lockOf(place)]) {
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  }
  if (isNew) return { place, isNew, pending: [], unknown: [], ...NOTHING_KEPT, now: undefined };
  const database = new Sqlite(place, { fileMustExist: true, timeout: PATIENCE_MS });
  try {
    const { applied, isForeign } = contentsOf(database);
    if (isForeign) throw new ForeignDatabaseError(place);
    proveWritable(database);
    refuseIfDamaged(database);
    const compared = comparedWithOurs(applied);
    if (!isOfThisVersion(compared)) {
      return { place, isNew, ...compared, ...NOTHING_KEPT, now: undefined };
    }
    const missing = database.prepare(MISSING).all() as MissingSheetFact[];
    const waiting = database.prepare(WAITING).get() as WaitingFact;
    return { place, isNew, ...compared, missing, waiting, now: undefined };
  } finally {
    database.close();
  }
}

/** Reads every page: without that a damaged one shows when somebody needs its rows. */
function refuseIfDamaged(database: Database.Database): void {
  const found = database.pragma('quick_check(1)', { simple: true }) as string;
  if (found !== 'ok') throw new DatabaseDamagedError({ cause: new Error(found) });
}

interface PostgresRow {
  place: string;
  now: Date;
  is_standby: boolean;
  may_create: boolean;
}

async function examinePostgres(settings: Settings): Promise<DatabaseFacts> {
  const source = new DataSource(writerOptions(settings, []));
  await source.initialize();
  try {
    const [row] = await source.query<PostgresRow[]>(
      `SELECT split_part(version(), ' on ', 1) || ', database ' || current_database() AS place, now() AS now,
         pg_is_in_recovery() AS is_standby, has_schema_privilege(current_schema(), 'CREATE') AS may_create`,
    );
    if (!row) throw new RangeError('PostgreSQL answered nothing');
    if (row.is_standby) throw new Error('The server is a standby: it takes no writes');
    if (!row.may_create) throw new Error('The user may not create tables in its schema');
    const applied = await appliedOn(source);
    const { place, now } = row;
    const compared = comparedWithOurs(applied);
    const facts = { place, now, isNew: applied.length === 0, ...compared };
    if (!isOfThisVersion(compared)) return { ...facts, ...NOTHING_KEPT };
    const missing = await source.query<MissingSheetFact[]>(MISSING);
    const [waiting = NOTHING_KEPT.waiting] = await source.query<WaitingFact[]>(WAITING);
    return { ...facts, missing, waiting };
  } finally {
    await source.destroy();
  }
}

const NOTHING_KEPT: Pick<DatabaseFacts, 'missing' | 'waiting'> = {
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

function comparedWithOurs(applied: readonly string[]): Compared {
  return { pending: pendingAfter(applied), unknown: unknownAmong(applied) };
}
