import { Injectable } from '@nestjs/common';
import { BankCircuit } from '../cbr/bank-circuit.js';
import type { CalendarDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { QuarantineQueries } from '../rates/quarantine.queries.js';
import { RatesQueries } from '../rates/rates.queries.js';
import { expectedAfter, freshnessAt } from '../rates/sheet-freshness.js';
import type { BankStatus } from './status.dto.js';

/** How it stands with the bank: what it has published, what is expected of it, what of it is held. */
@Injectable()
export class BankStatusService {
  constructor(
    private readonly queries: RatesQueries,
    private readonly quarantine: QuarantineQueries,
    private readonly circuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  /** By the date of the newest sheet, null before the first. */
  async status(newest: CalendarDate | null): Promise<BankStatus> {
    const expected = newest === null ? null : expectedAfter(newest);
    const { pending, oldest_date } = await this.quarantine.waiting();
    return {
      freshness: freshnessAt(newest, this.clock.now()),
      expected_date: expected?.effective_date ?? null,
      due_at: expected?.due_at.toISOString() ?? null,
      circuit: this.circuit.state,
      retry_at: this.circuit.retryAt?.toISOString() ?? null,
      quarantined: pending,
      oldest_quarantined_date: oldest_date,
    };
  }

  /** The same by what is stored. */
  async current(): Promise<BankStatus & { newest: CalendarDate | null }> {
    const newest = await this.queries.newestEffectiveDate();
    return { newest, ...(await this.status(newest)) };
  }
}
