import { Injectable } from '@nestjs/common';
import { BankCircuit } from '../cbr/bank-circuit.js';
import type { CalendarDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { type BookView, RateBooks, viewOf } from '../rates/book/index.js';
import { MissingSheets } from '../rates/storage/index.js';
import { QuarantineQueries, RequestedDays, type WaitingItems } from '../rates/reading/index.js';
import {
  earliestDateAfter,
  expectedAfter,
  freshnessAt,
  type FreshnessState,
  type MissingSheetEntity,
} from '../rates/model/index.js';
import type { BankStatus, MissingDay } from './status.dto.js';

/** State of the bank: its newest sheet, the expected one, held items. */
@Injectable()
export class BankStatusService {
  constructor(
    private readonly books: RateBooks,
    private readonly days: RequestedDays,
    private readonly quarantine: QuarantineQueries,
    private readonly missing: MissingSheets,
    private readonly circuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  /** Freshness of the newest sheet. @throws BookNotLoadedError */
  freshness(): FreshnessState {
    return freshnessAt(this.view.newestFetched, this.clock.now());
  }

  /** Items in quarantine. @throws BookNotLoadedError */
  quarantined(): WaitingItems {
    return this.quarantine.waiting();
  }

  private get view(): BookView {
    return viewOf(this.books.current);
  }

  /** `newest`: date of the newest fetched sheet, null before the first. */
  async current(): Promise<BankStatus & { newest: CalendarDate | null }> {
    const now = this.clock.now();
    // Series may have a newer sheet, which counts where rates are requested.
    const { newestFetched: newest, newestSheet } = this.view;
    const { pending, oldest_date } = this.quarantined();
    return {
      newest,
      freshness: freshnessAt(newest, now),
      expected_date: newest && earliestDateAfter(newest),
      last_answerable_date: newestSheet && this.days.lastAnswerable(),
      due_at: newest && expectedAfter(newest).due_at.toISOString(),
      circuit: this.circuit.state,
      retry_at: this.circuit.retryAt?.toISOString() ?? null,
      quarantined: pending,
      oldest_quarantined_date: oldest_date,
      missing_days: (await this.missing.all()).map(toMissingDay),
    };
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
