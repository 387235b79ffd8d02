import { Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import { CoalescedTask } from '../common/coalesced-task.js';
import { LeaseLostError } from './database.errors.js';
import { DATABASE_MS, LeaseEntity } from './lease.entity.js';
import type { Reader } from './reader.js';
import type { Unit } from './unit.js';
import type { UnitOfWork } from './unit-of-work.js';

/** A holder that is silent for so long has lost the lease, in milliseconds. */
const TERM_MS = 8_000;
/** How often it is renewed by its holder and looked at by the others, in milliseconds. */
export const ROUND_MS = 2_000;

/**
 * The right to do some work for the whole fleet; held by one instance at a time. The writes of that
 * work go through `check`, so that a holder who was stopped and wakes up too late is refused by the
 * database. A SQLite file has one service only, which holds every lease from its start.
 */
export class Lease {
  private readonly logger = new Logger(Lease.name);
  private readonly rounds = new CoalescedTask(() => this.round());
  private readonly listeners: (() => void)[] = [];
  private isWanted = false;
  private fence = 0;
  /** By this process's monotonic clock, from before the question: never later than the database thinks. */
  private heldUntil = -Infinity;
  private failure: string | undefined;

  constructor(
    readonly name: string,
    private readonly holder: string,
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** Whether other instances may want it: on PostgreSQL. */
  get isShared(): boolean {
    return this.reader.engine === 'postgres';
  }

  /** Whether the work is this instance's at the moment. */
  get isHeld(): boolean {
    return performance.now() < this.heldUntil;
  }

  /** Calls `listener` whenever the lease is gained. */
  onGained(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Tries to gain the lease, and to keep it, until `release`. May be called again. */
  stand(): void {
    if (!this.isShared) {
      this.gain(Infinity);
      return;
    }
    this.isWanted = true;
    this.rounds.wake();
  }

  /** The next round, every ROUND_MS. */
  campaign(): void {
    if (this.isWanted) this.rounds.wake();
  }

  /**
   * Belongs into every unit of work that the lease is for.
   *
   * @throws LeaseLostError when another instance has taken over; the unit then writes nothing.
   */
  async check(unit: Unit): Promise<void> {
    if (!this.isShared) return;
    const { name, holder, fence } = this;
    const row = await unit.select(LeaseEntity, 'lease').where({ name }).getOneOrFail();
    if (row.holder === holder && row.fence === fence) return;
    this.heldUntil = -Infinity;
    throw new LeaseLostError(name);
  }

  /** Lets another instance take over at once, once the work has ended here. */
  async release(): Promise<void> {
    this.isWanted = false;
    await this.rounds.idle();
    if (!this.isHeld) return;
    this.heldUntil = -Infinity;
    if (!this.isShared) return;
    const { name, holder } = this;
    // Since when nobody has it is what an operator asks first.
    const nobody = { holder: null, expires_at: () => DATABASE_MS };
    await this.unitOfWork
      .keepBooks((unit) => unit.update(LeaseEntity, { name, holder }, nobody))
      .catch((thrown: unknown) => this.report(thrown));
  }

  private async round(): Promise<void> {
    try {
      if (!(await this.isForUs())) return;
      const asked = performance.now();
      const isTaken = await this.unitOfWork.keepBooks((unit) => this.take(unit));
      if (isTaken) this.gain(asked + TERM_MS);
      this.failure = undefined;
    } catch (thrown) {
      this.report(thrown);
    }
  }

  /** Looked up without the write lock, which the others would only be in the way of. */
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
    this.logger.debug(`This instance does ${this.name}`);
    for (const listener of this.listeners) listener();
  }

  /** Once per kind of failure: the next round tries again. */
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
