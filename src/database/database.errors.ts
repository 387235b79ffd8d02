import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { commandLine } from '../config/command-line.js';
import { driverCode, type DriverFailure, driverFailure } from './driver-failure.js';

/** Another process held the write lock for the whole time that a writer may wait. Nothing was written. */
export class DatabaseBusyError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.busy', 'The database is locked by another writer; try again', options);
  }
}

/** The database cannot be reached, or dropped the connection. */
export class DatabaseUnavailableError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.unavailable', 'The database cannot be used at the moment; try again', options);
  }
}

/** There is no room for more rows. Nothing was written; what is stored can still be read. */
export class DatabaseFullError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.full', 'The database is full: nothing was written', options);
  }
}

/** The file, its file system or the server takes no writes. Nothing was written; what is stored can still be read. */
export class DatabaseReadOnlyError extends KursError {
  override readonly status = 503;

  constructor(
    options?: ErrorOptions,
    message = 'The database takes no writes: nothing was written',
  ) {
    super('database.read_only', message, options);
  }

  /** At a start. */
  static file(path: string, cause: unknown): DatabaseReadOnlyError {
    const advice = 'the user that runs Kurs must be able to write it, and its folder';
    return new DatabaseReadOnlyError({ cause }, `${path} cannot be written: ${advice}`);
  }
}

/** Pages of the database cannot be read. Trying again does not help: it must be repaired or restored. */
export class DatabaseDamagedError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.damaged', 'The database is damaged: restore a backup', options);
  }
}

/** The file that is open is no longer the one that the next start would find. What is written to it is lost. */
export class DatabaseReplacedError extends KursError {
  override readonly status = 503;

  constructor() {
    super(
      'database.replaced',
      'The database file was removed, renamed or replaced while in use: put it back, or restart the service',
    );
  }
}

/** Somebody is on a SQLite file beside whom this process cannot be there. */
export class DatabaseInUseError extends KursError {
  static byService(path: string): DatabaseInUseError {
    const message = `Another Kurs service is running on ${path}; stop it first`;
    return new DatabaseInUseError('database.in_use', message);
  }

  static byCommand(path: string): DatabaseInUseError {
    const message = `A kurs command is using ${path}; try again when it has ended`;
    return new DatabaseInUseError('database.in_use', message);
  }

  /** Or by a service of a Kurs that let no command share the lock. */
  static byRestore(path: string): DatabaseInUseError {
    const message = `${path} is being restored, or an older Kurs is running on it; try again later`;
    return new DatabaseInUseError('database.in_use', message);
  }
}

/** There is none where one is needed. */
export class NoDatabaseError extends KursError {
  constructor(path: string) {
    super('database.none', `There is no database ${path}`);
  }
}

/** A copy would take the place of a database that may be in use. */
export class LivePlaceError extends KursError {
  static itself(path: string): LivePlaceError {
    return new LivePlaceError('database.live_place', `${path} is the database itself`);
  }

  static draft(path: string): LivePlaceError {
    const message = `${path} is the draft of a restore that was interrupted; rename it first`;
    return new LivePlaceError('database.live_place', message);
  }

  static another(path: string, companion: string): LivePlaceError {
    const message = `${path} is the place of a database in use: ${companion} lies beside it`;
    return new LivePlaceError('database.live_place', message);
  }
}

/** A file, but somebody else's. */
export class ForeignDatabaseError extends KursError {
  constructor(path: string, options?: ErrorOptions) {
    super('database.foreign', `${path} is not a database of Kurs`, options);
  }
}

/** Migrations are to run, by one who may change the database. */
export class OldDatabaseError extends KursError {
  constructor(pending: readonly string[]) {
    const message = `The database is of an older Kurs; "${commandLine('start')}" runs ${pending.join(', ')}`;
    super('database.old', message);
  }
}

/** What a newer version has stored, this one might misread or overwrite. */
export class NewerDatabaseError extends KursError {
  constructor(unknown: readonly string[]) {
    const ran = `The database is of a newer Kurs, which ran ${unknown.join(', ')}`;
    super('database.newer', `${ran}; install that version, or restore a backup made before`);
  }
}

/** Something that only a SQLite file can have done to it. */
export class NotSqliteError extends KursError {
  constructor(advice: string) {
    super('database.not_sqlite', `The database is PostgreSQL: ${advice}`);
  }
}

/** Another instance has taken the work over; the late writer wrote nothing. */
export class LeaseLostError extends KursError {
  constructor(name: string) {
    super('database.lease_lost', `Another instance does ${name} now`);
  }
}

/** A programming error: units of work do not nest, a nested one would wait for itself. */
export class NestedUnitError extends KursError {
  constructor() {
    super('database.nested_unit', 'A unit of work was started inside another one');
  }
}

const ERRORS: Readonly<Record<DriverFailure, new (options: ErrorOptions) => KursError>> = {
  busy: DatabaseBusyError,
  full: DatabaseFullError,
  'read-only': DatabaseReadOnlyError,
  damaged: DatabaseDamagedError,
  unavailable: DatabaseUnavailableError,
};

/** True when a driver says that somebody else holds the lock. */
export function isBusy(thrown: unknown): boolean {
  return driverFailure(thrown) === 'busy';
}

/** The Kurs error for what a driver threw, or the thing itself when it is not about reaching or locking the database. */
export function asDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof KursError) return thrown;
  const failure = driverFailure(thrown);
  return failure === undefined ? thrown : new ERRORS[failure]({ cause: thrown });
}

/** The same of a SQLite file, which the driver does not name. */
export function asFileError(thrown: unknown, path: string): unknown {
  if (driverCode(thrown) === 'SQLITE_NOTADB') {
    return new ForeignDatabaseError(path, { cause: thrown });
  }
  const failure = driverFailure(thrown);
  if (failure === undefined || failure === 'busy' || thrown instanceof KursError) {
    return asDatabaseError(thrown);
  }
  const cause = new Error(`${path}: ${messageOf(thrown)}`, { cause: thrown });
  return new ERRORS[failure]({ cause });
}
