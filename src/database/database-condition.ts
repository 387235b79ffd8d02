import { Logger } from '@nestjs/common';
import { KursError } from '../common/kurs.error.js';
import { reasonOf } from '../common/message-of.js';
import type { DatabaseFiles } from './database-files.js';
import {
  asDatabaseError,
  CommitUnknownError,
  DatabaseDamagedError,
  DatabaseFullError,
  DatabaseReadOnlyError,
  DatabaseReplacedError,
} from './database.errors.js';
import { driverFailure } from './driver-failure.js';

/**
 * Time for which a full disk is reported after the failure, in milliseconds: a small write may still succeed on a
 * full disk.
 */
const FULL_FOR_MS = 60_000;

/**
 * Health of the database, from the results of reads and writes and from its files. A successful read proves little:
 * on a full disk, a read-only file or a deleted one, only writes fail or are lost.
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

  /** Starts to check these files; PostgreSQL has none. */
  watch(files: DatabaseFiles): void {
    this.files = files;
  }

  /** Error that makes the database unusable: writes would be lost, or reads may be wrong. */
  get fatal(): KursError | undefined {
    if (this.files?.areInPlace() === false) return new DatabaseReplacedError();
    return this.damage;
  }

  /** Current error; undefined if, as far as is known, reads and writes succeed. */
  get failure(): KursError | undefined {
    const known = this.fatal ?? this.writeFailure;
    if (known !== undefined) return known;
    return this.files?.areWritable() === false ? new DatabaseReadOnlyError() : undefined;
  }

  /** Whether the last write failed or is older than `withinMs`: only a new write can prove the database writable. */
  isUnproven(withinMs: number): boolean {
    return this.writeFailure !== undefined || this.elapsedMs() - this.wroteAt >= withinMs;
  }

  /** @throws DatabaseReplacedError, DatabaseDamagedError */
  rejectIfFatal(): void {
    const { fatal } = this;
    if (fatal === undefined) return;
    this.report(fatal);
    throw fatal;
  }

  /** Checks the files, and logs a change of condition. */
  checkFiles(): void {
    this.report(this.failure);
  }

  /** Records a failed statement, read or write. Damage lasts until the restart. */
  sawFailure(thrown: unknown): void {
    if (driverFailure(thrown) !== 'damaged') return;
    this.damage ??= new DatabaseDamagedError({ cause: thrown });
    this.report(this.damage);
  }

  /** Records a failed write. Errors that do not come from the database are ignored. */
  writeFailed(thrown: unknown): void {
    const failure = asDatabaseError(thrown instanceof CommitUnknownError ? thrown.cause : thrown);
    if (!(failure instanceof KursError) || driverFailure(failure.cause) === undefined) return;
    this.sawFailure(failure.cause);
    this.writeFailure = failure;
    this.failedAt = this.elapsedMs();
    this.checkFiles();
  }

  writeSucceeded(): void {
    this.wroteAt = this.elapsedMs();
    if (this.writeFailure === undefined) return;
    const isFull = this.writeFailure instanceof DatabaseFullError;
    if (isFull && this.wroteAt - this.failedAt < FULL_FOR_MS) return;
    this.writeFailure = undefined;
    this.checkFiles();
  }

  /** Logs consecutive failures of one kind once. */
  private report(failure: KursError | undefined): void {
    if (failure?.code === this.reported?.code) return;
    this.reported = failure;
    if (failure === undefined) this.logger.log('The database can be written again');
    else if (failure === this.writeFailure) {
      this.logger.warn(`A write failed: ${reasonOf(failure)} (${failure.code})`);
    } else this.logger.error(`The database cannot be used: ${reasonOf(failure)} (${failure.code})`);
  }
}
