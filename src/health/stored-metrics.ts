import { Injectable, Logger } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import { messageOf } from '../common/message-of.js';
import { DatabaseCondition } from '../database/database-condition.js';
import { asDatabaseError } from '../database/database.errors.js';
import { BankMetrics } from './bank-metrics.js';
import { BookMetrics } from './book-metrics.js';
import { FleetMetrics } from './fleet-metrics.js';
import { inTime } from './in-time.js';

/** Metrics read from the database; while it is down, the last values are exposed. */
@Injectable()
export class StoredMetrics {
  private readonly logger = new Logger(StoredMetrics.name);
  private failure: string | undefined;
  private readonly database = new Gauge({
    name: 'kurs_database_up',
    help: 'Whether the database answers and can be written; 0: the figures of sheets, quarantine, backlog and leases may be old',
    registers: [],
  });

  constructor(
    private readonly bank: BankMetrics,
    private readonly fleet: FleetMetrics,
    private readonly book: BookMetrics,
    private readonly condition: DatabaseCondition,
  ) {}

  get all(): Metric[] {
    return [this.database, ...this.bank.all, ...this.fleet.all, ...this.book.all];
  }

  async refresh(): Promise<void> {
    try {
      await inTime(Promise.all([this.bank.refresh(), this.fleet.refresh()]));
      this.database.set(this.condition.failure === undefined ? 1 : 0);
      this.failure = undefined;
    } catch (thrown) {
      this.database.set(0);
      this.report(messageOf(asDatabaseError(thrown)));
    }
  }

  /** Logs each kind of failure once, as scrapes come every few seconds. */
  private report(failure: string): void {
    if (failure === this.failure) return;
    this.failure = failure;
    this.logger.warn(`What the metrics tell of the database is old: ${failure}`);
  }
}
