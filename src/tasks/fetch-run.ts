import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, daysBetween, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { CbrClient } from '../cbr/cbr.client.js';
import type { Checkpoint } from '../rates/checkpoint.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { RatesQueries } from '../rates/rates.queries.js';
import { RatesService } from '../rates/rates.service.js';
import { FetchLedger } from './fetch-ledger.js';

/** How many days before the newest sheet are asked for when the service was off. */
const MOST_MISSED_DAYS = 31;

/** What a run has done so far; also of a run that fails half-way. */
export interface FetchTotals {
  saved: number;
  unchanged: number;
  /** How many fixings are held until a person has decided about them. */
  quarantined: number;
  effective_date: CalendarDate | null;
}

export function nothingFetched(): FetchTotals {
  return { saved: 0, unchanged: 0, quarantined: 0, effective_date: null };
}

/** One fetch, from asking the bank to the last commit. */
@Injectable()
export class FetchRun {
  constructor(
    private readonly cbr: CbrClient,
    private readonly rates: RatesService,
    private readonly queries: RatesQueries,
    private readonly ledger: FetchLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * Records the sheets missed since the newest one known, oldest first, then the newest. Stops at
   * the first failure: what is recorded by then is whole and in order, the next run goes on from there.
   *
   * @param totals grows with every sheet that is recorded
   * @returns the newest sheet
   * @throws CbrError, what the database throws, or LateRunError when a later run was earlier to record
   */
  async run(totals: FetchTotals, stop: AbortSignal): Promise<PublishedSheet> {
    const checkpoint = await this.ledger.begin();
    const newest = await this.cbr.dailySheet(undefined, stop);
    let known = await this.queries.newestEffectiveDate();
    // An empty database may meet tomorrow's sheet first; the one in force today is wanted as well.
    const since = known ?? addDays(moscowDate(this.clock.now()), -1);
    for (const day of missedDays(since, newest.effective_date)) {
      const sheet = await this.cbr.dailySheet(day, stop);
      // A Sunday, Monday or holiday: the bank answers with the sheet before.
      if (known !== null && sheet.effective_date <= known) {
        await this.rates.confirm(sheet, checkpoint);
        continue;
      }
      await this.record(sheet, totals, checkpoint);
      known = sheet.effective_date;
    }
    await this.record(newest, totals, checkpoint);
    return newest;
  }

  private async record(
    sheet: PublishedSheet,
    totals: FetchTotals,
    checkpoint: Checkpoint,
  ): Promise<void> {
    const recorded = await this.rates.record(sheet, checkpoint);
    totals.saved += recorded.saved;
    totals.unchanged += recorded.unchanged;
    totals.quarantined += recorded.quarantined;
    totals.effective_date = recorded.effective_date;
  }
}

/** The days between the two, at most the last 31. */
function missedDays(known: CalendarDate, newest: CalendarDate): CalendarDate[] {
  const missed = Math.min(daysBetween(known, newest) - 1, MOST_MISSED_DAYS);
  return Array.from({ length: Math.max(missed, 0) }, (_, index) => addDays(newest, index - missed));
}
