import { Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import { CoalescedTask } from '../common/coalesced-task.js';
import { LeaseLostError } from './database.errors.js';
import { DATABASE_MS, LeaseEntity } from './lease.entity.js';
import type { Reader } from './reader.js';
import type { Unit } from './unit.js';
import type { UnitOfWork } from './unit-of-work.js';

/** A lease that is not renewed for this time is lost, in milliseconds. */
const TERM_MS = 8_000;
/** Interval at which the holder renews the lease and the others check it, in milliseconds. */
export const ROUND_MS = 2_000;

/**
 * The right to do some work for the whole fleet, held by one instance at a time. Units of work of that work call
 * `check`, so the database rejects a holder that was suspended and wakes up too late. On SQLite the only service
 * holds every lease from its start.
 */
export class Lease {
  private readonly logger = new Logger(Lease.name);
  private readonly rounds = new CoalescedTask(() => this.round());
  private readonly listeners: (() => void)[] = [];
  private isWanted = false;
  private fence = 0;
  /** By the monotonic clock of this process, measured before the query: never later than the expiry in the database. */
  private heldUntil = -Infinity;
  private failure: string | undefined;

  constructor(
    readonly name: string,
    private readonly holder: string,
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** Whether other instances can compete for it: on PostgreSQL. */
  get isShared(): boolean {
    return this.reader.engine === 'postgres';
  }

  /** Whether this instance holds the lease now. */
  get isHeld(): boolean {
    return performance.now() < this.heldUntil;
  }

  /** Calls `listener` whenever the lease is gained. */
  onGained(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Campaigns for the lease and keeps it until `release`. Can be called again. */
  campaign(): void {
    if (!this.isShared) {
      this.gain(Infinity);
      return;
    }
    this.isWanted = true;
    this.rounds.wake();
  }

  /** Starts a round; called every ROUND_MS. */
  nextRound(): void {
    if (this.isWanted) this.rounds.wake();
  }

  /**
   * Call it in every unit of work that needs the lease.
   *
   * @throws LeaseLostError if another instance has taken over; the unit then writes nothing
   */
  async assertHeld(unit: Unit): Promise<void> {
    if (!this.isShared) return;
    const { name, holder, fence } = this;
    const row = await unit.select(LeaseEntity, 'lease').where({ name }).getOneOrFail();
    if (row.holder === holder && row.fence === fence) return;
    this.heldUntil = -Infinity;
    throw new LeaseLostError(name);
  }

  /** Releases the lease after the work has ended, so that another instance takes over at once. */
  async release(): Promise<void> {
    this.isWanted = false;
    await this.rounds.idle();
    if (!this.isHeld) return;
    this.heldUntil = -Infinity;
    if (!this.isShared) return;
    const { name, holder } = this;
    // The expiry tells an operator since when the lease is vacant.
    const nobody = { holder: null, expires_at: () => DATABASE_MS };
    await this.unitOfWork
      .runWithoutVersionBump((unit) => unit.update(LeaseEntity, { name, holder }, nobody))
      .catch((thrown: unknown) => this.report(thrown));
  }

  private async round(): Promise<void> {
    try {
      if (!(await this.isForUs())) return;
      const asked = performance.now();
      const isTaken = await this.unitOfWork.runWithoutVersionBump((unit) => this.take(unit));
      if (isTaken) this.gain(asked + TERM_MS);
      this.failure = undefined;
    } catch (thrown) {
      this.report(thrown);
    }
  }

  /** Reads without the write lock, to not block other writers. */
  private async isForUs(): Promise<boolean> {
    const row = await this.read(this.reader);
    return row.holder === this.holder || !row.is_running;
  }

  private async take(unit: Unit): Promise<boolean> {
    const { name, holder } = this;
    const row = await this.read(unit);
    const isOurs = row.holder === holder;
    if (!isOurs && row.is_running) return false;
    this.fence = isOurs ? row.fence : row.fence + 1;
    const expires_at = () => `${DATABASE_MS} + ${TERM_MS}`;
    await unit.update(LeaseEntity, { name }, { holder, fence: this.fence, expires_at });
    return true;
  }

  private async read(rows: Pick<Reader, 'select'>): Promise<LeaseRow> {
    const row = await rows
      .select(LeaseEntity, 'lease')
      .select('lease.holder', 'holder')
      .addSelect('lease.fence', 'fence')
      .addSelect(`lease.holder IS NOT NULL AND lease.expires_at > ${DATABASE_MS}`, 'is_running')
      .where({ name: this.name })
      .getRawOne<LeaseRow>();
    if (!row) throw new LeaseLostError(this.name);
    return row;
  }

  private gain(until: number): void {
    const wasHeld = this.isHeld;
    this.heldUntil = until;
    if (wasHeld) return;
    this.logger.debug(`This instance holds the lease ${this.name}`);
    for (const listener of this.listeners) listener();
  }

  /** Logs consecutive failures of one kind once, as the next round retries. */
  private report(thrown: unknown): void {
    const failure = messageOf(thrown);
    if (failure === this.failure) return;
    this.failure = failure;
    this.logger.warn(`The lease ${this.name} is not renewed: ${failure}`);
  }
}

interface LeaseRow {
  holder: string | null;
  fence: number;
  is_running: boolean;
}
