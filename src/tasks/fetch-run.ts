import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, daysBetween, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { Asking } from '../cbr/asking.js';
import { CbrClient } from '../cbr/cbr.client.js';
import type { Checkpoint } from '../rates/checkpoint.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { RatesService } from '../rates/rates.service.js';
import { FetchLedger } from './fetch-ledger.js';
import { type KnownSheet, knownAs, SheetChecks } from './sheet-checks.js';
import { LateRunError } from './tasks.errors.js';

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
    private readonly checks: SheetChecks,
    private readonly ledger: FetchLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * Records the sheets missed since the newest one known, oldest first, then the newest. Stops at
   * the first failure: what is recorded by then is whole and in order, the next run goes on from there.
   *
   * Whoever began later, a service or a command, may be earlier to record: what this one heard is old
   * then, and it asks again.
   *
   * @param totals grows with every sheet that is recorded
   * @returns the newest sheet
   * @throws CbrError, or what the database throws
   */
  async run(totals: FetchTotals, asking: Asking): Promise<PublishedSheet> {
    for (;;) {
      try {
        return await this.attempt(totals, asking);
      } catch (thrown) {
        if (!(thrown instanceof LateRunError)) throw thrown;
      }
    }
  }

  /** @throws LateRunError too */
  private async attempt(totals: FetchTotals, asking: Asking): Promise<PublishedSheet> {
    const checkpoint = await this.ledger.begin();
    // Before the question: what another run records meanwhile makes this answer late, not stale.
    let known = await this.checks.newest();
    const newest = await this.cbr.dailySheet(undefined, asking);
    await this.checks.refuseStale(newest, known);
    // An empty database may meet tomorrow's sheet first; the one in force today is wanted as well.
    const since = known?.effective_date ?? addDays(moscowDate(this.clock.now()), -1);
    for (const day of missedDays(since, newest.effective_date)) {
      const sheet = await this.cbr.dailySheet(day, asking);
      // The bank contradicts what it said before: then nothing is known of that day.
      if (known && sheet.effective_date < known.effective_date) continue;
      if (sheet.effective_date === known?.effective_date) {
        // A Sunday, Monday or holiday: the bank answers with the sheet before.
        await this.rates.confirm(sheet, checkpoint);
        continue;
      }
      known = await this.record(sheet, known, { totals, checkpoint });
    }
    await this.record(newest, known, { totals, checkpoint });
    return newest;
  }

  private async record(
    sheet: PublishedSheet,
    known: KnownSheet | undefined,
    { totals, checkpoint }: { totals: FetchTotals; checkpoint: Checkpoint },
  ): Promise<KnownSheet> {
    this.checks.refuseShrunk(sheet, known);
    const recorded = await this.rates.record(sheet, checkpoint);
    totals.saved += recorded.saved;
    totals.unchanged += recorded.unchanged;
    totals.quarantined += recorded.quarantined;
    totals.effective_date = recorded.effective_date;
    return knownAs(sheet);
  }
}

/** The days between the two, at most the last 31. */
function missedDays(known: CalendarDate, newest: CalendarDate): CalendarDate[] {
  const missed = Math.min(daysBetween(known, newest) - 1, MOST_MISSED_DAYS);
  return Array.from({ length: Math.max(missed, 0) }, (_, index) => addDays(newest, index - missed));
}
