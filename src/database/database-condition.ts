import { Logger } from '@nestjs/common';
import { KursError } from '../common/kurs.error.js';
import { reasonOf } from '../common/message-of.js';
import type { DatabaseFiles } from './database-files.js';
import {
  asDatabaseError,
  DatabaseDamagedError,
  DatabaseFullError,
  DatabaseReadOnlyError,
  DatabaseReplacedError,
} from './database.errors.js';
import { driverFailure } from './driver-failure.js';

/** A small write may still succeed on a full disk: for so long the failure counts all the same, in milliseconds. */
const FULL_FOR_MS = 60_000;

/**
 * Whether the database can be used, by what it answered to reads and writes, and by its files. A read that
 * succeeds proves little: writes of a full disk, a read-only file or a deleted one fail, or are lost.
 */
export class DatabaseCondition {
  private readonly logger = new Logger('Database');
  private damage: DatabaseDamagedError | undefined;
  private writeFailure: KursError | undefined;
  private failedAt = -Infinity;
  private wroteAt: number;
  private reported: KursError | undefined;

  private files: DatabaseFiles | undefined;

  /** @param elapsedMs a monotonic clock */
  constructor(private readonly elapsedMs = () => performance.now()) {
    this.wroteAt = elapsedMs();
  }

  /** From now on these are looked at; PostgreSQL has none. */
  watch(files: DatabaseFiles): void {
    this.files = files;
  }

  /** What keeps the database from being used at all: writes would be lost, or reads may be wrong. */
  get fatal(): KursError | undefined {
    if (this.files?.areInPlace() === false) return new DatabaseReplacedError();
    return this.damage;
  }

  /** What is wrong with it; undefined: reads and writes succeed, as far as is known. */
  get failure(): KursError | undefined {
    const known = this.fatal ?? this.writeFailure;
    if (known !== undefined) return known;
    return this.files?.areWritable() === false ? new DatabaseReadOnlyError() : undefined;
  }

  /** Whether nothing was written for so long, or the last write failed: a write now would tell. */
  isUnproven(withinMs: number): boolean {
    return this.writeFailure !== undefined || this.elapsedMs() - this.wroteAt >= withinMs;
  }

  /** @throws DatabaseReplacedError, DatabaseDamagedError */
  refuseIfFatal(): void {
    const { fatal } = this;
    if (fatal === undefined) return;
    this.report(fatal);
    throw fatal;
  }

  /** Looks at the files, and logs what has changed. */
  look(): void {
    this.report(this.failure);
  }

  /** A statement has failed, a read or a write. A damage stays until the restart. */
  sawFailure(thrown: unknown): void {
    if (driverFailure(thrown) !== 'damaged') return;
    this.damage ??= new DatabaseDamagedError({ cause: thrown });
    this.report(this.damage);
  }

  /** A write has failed, with what the database said, or for a reason of its own. */
  writeFailed(thrown: unknown): void {
    const failure = asDatabaseError(thrown);
    if (!(failure instanceof KursError) || driverFailure(failure.cause) === undefined) return;
    this.sawFailure(failure.cause);
    this.writeFailure = failure;
    this.failedAt = this.elapsedMs();
    this.look();
  }

  writeSucceeded(): void {
    this.wroteAt = this.elapsedMs();
    if (this.writeFailure === undefined) return;
    const isFull = this.writeFailure instanceof DatabaseFullError;
    if (isFull && this.wroteAt - this.failedAt < FULL_FOR_MS) return;
    this.writeFailure = undefined;
    this.look();
  }

  /** Once for each kind of failure, in a row. */
  private report(failure: KursError | undefined): void {
    if (failure?.code === this.reported?.code) return;
    this.reported = failure;
    if (failure === undefined) this.logger.log('The database can be written again');
    else if (failure === this.writeFailure) {
      this.logger.warn(`A write has failed: ${reasonOf(failure)} (${failure.code})`);
    } else this.logger.error(`The database cannot be used: ${reasonOf(failure)} (${failure.code})`);
  }
}
