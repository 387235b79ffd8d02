import { Injectable } from '@nestjs/common';
import { BankCircuit } from '../cbr/bank-circuit.js';
import type { CalendarDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { MissingSheets } from '../rates/missing-sheets.js';
import { QuarantineQueries } from '../rates/quarantine.queries.js';
import { RatesQueries } from '../rates/rates.queries.js';
import { earliestDateAfter, expectedAfter, freshnessAt } from '../rates/sheet-freshness.js';
import type { MissingSheetEntity } from '../rates/missing-sheet.entity.js';
import type { BankStatus, MissingDay } from './status.dto.js';

/** How it stands with the bank: what it has published, what is expected of it, what of it is held. */
@Injectable()
export class BankStatusService {
  constructor(
    private readonly queries: RatesQueries,
    private readonly quarantine: QuarantineQueries,
    private readonly missing: MissingSheets,
    private readonly circuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  /** By the date of the newest sheet, null before the first. */
  async status(newest: CalendarDate | null): Promise<BankStatus> {
    const now = this.clock.now();
    const { pending, oldest_date } = await this.quarantine.waiting();
    return {
      freshness: freshnessAt(newest, now),
      expected_date: newest && earliestDateAfter(newest),
      due_at: newest && expectedAfter(newest).due_at.toISOString(),
      circuit: this.circuit.state,
      retry_at: this.circuit.retryAt?.toISOString() ?? null,
      quarantined: pending,
      oldest_quarantined_date: oldest_date,
      missing_days: (await this.missing.all()).map(toMissingDay),
    };
  }

  /** The same by what is stored. */
  async current(): Promise<BankStatus & { newest: CalendarDate | null }> {
    const newest = await this.queries.newestEffectiveDate();
    return { newest, ...(await this.status(newest)) };
  }
}

function toMissingDay(row: MissingSheetEntity): MissingDay {
  const { date, code, message, tries, first_failed_at, next_try_at } = row;
  return {
    ...{ date, code, message, tries },
    first_failed_at: first_failed_at.toISOString(),
    next_try_at: next_try_at?.toISOString() ?? null,
  };
}
