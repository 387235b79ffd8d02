import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import type { Lease } from '../database/lease.js';
import { Leases } from '../database/leases.js';
import { Freshness } from '../http/answers/index.js';
import { FetchLedger } from './fetch-ledger.js';

/** Lease on the scheduled fetch, and its planned time. */
@Injectable()
export class FetchLease {
  private readonly logger = new Logger(FetchLease.name);
  private readonly lease: Lease;

  constructor(
    leases: Leases,
    private readonly ledger: FetchLedger,
    private readonly freshness: Freshness,
  ) {
    this.lease = leases.of('fetch');
  }

  /** Calls `listener` whenever this instance acquires the lease. */
  onGained(listener: () => void): void {
    this.lease.onGained(listener);
  }

  campaign(): void {
    this.lease.campaign();
  }

  get isOurs(): boolean {
    return this.lease.isHeld;
  }

  async release(): Promise<void> {
    await this.lease.release();
  }

  /**
   * The planned time of the next run; undefined: at once, because the last run failed, or because no other instance
   * uses the database and a single service is expected to fetch at its start.
   */
  async plannedAt(): Promise<Date | undefined> {
    const { lastRun, nextRunAt } = await this.ledger.fetchState();
    return this.lease.isShared && lastRun?.result === 'success' ? nextRunAt : undefined;
  }

  /** Publishes the time to other instances, and to clients that cache answers until then. */
  async plan(next: Date): Promise<void> {
    this.freshness.expectNewsAt(next);
    try {
      await this.ledger.planNext(next);
    } catch (thrown) {
      this.logger.warn(`When the bank is asked next is not kept: ${messageOf(thrown)}`);
    }
  }
}
