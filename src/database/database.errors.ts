import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { commandLine } from '../config/command-line.js';
import { driverCode, type DriverFailure, driverFailure } from './driver-failure.js';

/** Another process held the write lock for LOCK_WAIT_MS. Nothing was written. */
export class DatabaseBusyError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.busy', 'The database is locked by another writer; try again', options);
  }
}

/** The database is unreachable, or dropped the connection. Nothing was written. */
export class DatabaseUnavailableError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.unavailable', 'The database is unavailable; try again', options);
  }
}

/** The connection or the disk failed during the COMMIT: the write may have been made. All other errors mean that it was not. */
export class CommitUnknownError extends KursError {
  override readonly status = 503;

  constructor(options: ErrorOptions) {
    super(
      'database.commit_unknown',
      'The connection to the database, or its disk, failed during the commit: the write may have been made; check before you repeat it',
      options,
    );
  }
}

/** The disk or the quota is full. Nothing was written; reads still work. */
export class DatabaseFullError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.full', 'The database is full: nothing was written', options);
  }
}

/** The file, its file system or the server is read-only. Nothing was written; reads still work. */
export class DatabaseReadOnlyError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions, message = 'The database is read-only: nothing was written') {
    super('database.read_only', message, options);
  }

  /** The file is read-only at a start. */
  static file(path: string, cause: unknown): DatabaseReadOnlyError {
    const advice = 'the user that runs Kurs must be able to write it, and its folder';
    return new DatabaseReadOnlyError({ cause }, `${path} cannot be written: ${advice}`);
  }
}

/** Pages of the database are unreadable. Retries do not help: it must be repaired or restored. */
export class DatabaseDamagedError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    super('database.damaged', 'The database is damaged: restore a backup', options);
  }
}

/** The open file is not the one that the next start would find. Writes to it are lost. */
export class DatabaseReplacedError extends KursError {
  override readonly status = 503;

  constructor() {
    super(
      'database.replaced',
      'The database file was removed, renamed or replaced while in use: put it back, or restart the service',
    );
  }
}

/** Another process uses the SQLite file in a mode that excludes this one. */
export class DatabaseInUseError extends KursError {
  static byService(path: string): DatabaseInUseError {
    const message = `Another Kurs service is running on ${path}; stop it first`;
    return new DatabaseInUseError('database.in_use', message);
  }

  static byCommand(path: string): DatabaseInUseError {
    const message = `A kurs command is using ${path}; try again after it ends`;
    return new DatabaseInUseError('database.in_use', message);
  }

  /** A service of an older Kurs, which shared its lock with no command, looks the same. */
  static byRestore(path: string): DatabaseInUseError {
    const message = `${path} is being restored, or an older Kurs is running on it; try again later`;
    return new DatabaseInUseError('database.in_use', message);
  }
}

/** A database that is required does not exist. */
export class NoDatabaseError extends KursError {
  constructor(path: string) {
    super('database.none', `There is no database ${path}`);
  }
}

/** A copy would replace a database that may be in use. */
export class LivePlaceError extends KursError {
  static itself(path: string): LivePlaceError {
    return new LivePlaceError('database.live_place', `${path} is the database itself`);
  }

  static draft(path: string): LivePlaceError {
    const message = `${path} is the draft of an interrupted restore; rename it first`;
    return new LivePlaceError('database.live_place', message);
  }

  static another(path: string, companion: string): LivePlaceError {
    const message = `${path} may be a database in use: ${companion} is beside it`;
    return new LivePlaceError('database.live_place', message);
  }
}

/** The file is not a Kurs database. */
export class ForeignDatabaseError extends KursError {
  constructor(path: string, options?: ErrorOptions) {
    super('database.foreign', `${path} is not a database of Kurs`, options);
  }
}

/** Migrations are pending; only a process that may change the database runs them. */
export class OldDatabaseError extends KursError {
  constructor(pending: readonly string[]) {
    const message = `The database is from an older Kurs; "${commandLine('start')}" runs ${pending.join(', ')}`;
    super('database.old', message);
  }
}

/** This version might misread or overwrite data of a newer version. */
export class NewerDatabaseError extends KursError {
  constructor(unknown: readonly string[]) {
    const ran = `The database is from a newer Kurs, which ran ${unknown.join(', ')}`;
    super('database.newer', `${ran}; install that version, or restore a backup made before`);
  }
}

/** The operation exists only for a SQLite file. */
export class NotSqliteError extends KursError {
  constructor(advice: string) {
    super('database.not_sqlite', `The database is PostgreSQL: ${advice}`);
  }
}

/** Another instance has the lease. The late unit wrote nothing. */
export class LeaseLostError extends KursError {
  constructor(name: string) {
    super('database.lease_lost', `Another instance holds the lease ${name}`);
  }
}

/** Programming error: a nested unit of work would wait for itself. */
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

/** Whether the driver reports a lock held by another connection. */
export function isBusy(thrown: unknown): boolean {
  return driverFailure(thrown) === 'busy';
}

/** Maps a driver's error to a Kurs error; returns any other error unchanged. */
export function asDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof KursError) return thrown;
  const failure = driverFailure(thrown);
  return failure === undefined ? thrown : new ERRORS[failure]({ cause: thrown });
}

/** Like `asDatabaseError`, and adds the path of the SQLite file, which the driver omits. */
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
