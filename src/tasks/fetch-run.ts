import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, daysBetween, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { Asking } from '../cbr/asking.js';
import { CbrClient } from '../cbr/cbr.client.js';
import type { Checkpoint } from '../rates/checkpoint.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { RatesService } from '../rates/rates.service.js';
import { FetchLedger } from './fetch-ledger.js';
import type { FetchTotals } from './fetch-report.js';
import { type KnownSheet, knownAs, SheetChecks } from './sheet-checks.js';
import { LateRunError } from './tasks.errors.js';

/** How many days before the newest sheet are asked for when the service was off. */
const MOST_MISSED_DAYS = 31;
/** So often, on schedule, the sheet of today is looked at again while a later one is out; in milliseconds. */
const LOOK_AGAIN_MS = 3_600_000;

/** How the bank is asked, where what is recorded is counted, and whether it may be recorded still. */
interface Recording {
  totals: FetchTotals;
  asking: Asking;
  checkpoint: Checkpoint;
}

export function nothingFetched(): FetchTotals {
  return { saved: 0, unchanged: 0, quarantined: 0, effective_date: null };
}

/** One fetch, from asking the bank to the last commit. */
@Injectable()
export class FetchRun {
  /** When the sheet of today was last asked for beside a later one. */
  private lookedAgainAt = -Infinity;

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
    const recording = { totals, asking, checkpoint: await this.ledger.begin() };
    // Before the question: what another run records meanwhile makes this answer late, not stale.
    const known = await this.checks.newest();
    const newest = await this.cbr.dailySheet(undefined, asking);
    await this.checks.refuseStale(newest, known);
    const missed = await this.recordUpTo(newest, recording);
    const today = this.today();
    if (newest.effective_date > today && !missed.includes(today)) {
      await this.lookAgainAt(today, recording);
    }
    return newest;
  }

  /**
   * A sheet, and before it those missed since the newest one stored before: a later one may be dated too far ahead.
   *
   * @returns the days that the bank was asked about
   */
  private async recordUpTo(
    sheet: PublishedSheet,
    recording: Recording,
  ): Promise<readonly CalendarDate[]> {
    const today = this.today();
    let known = await this.checks.newest(sheet.effective_date);
    // An empty database may meet tomorrow's sheet first; the one in force today is wanted as well.
    const since = known?.effective_date ?? addDays(today, -1);
    // What the bank says of a day to come is not its last word.
    const missed = missedDays(since, sheet.effective_date).filter((day) => day <= today);
    for (const day of missed) {
      const earlier = await this.cbr.dailySheet(day, recording.asking);
      // The bank contradicts what it said before: then nothing is known of that day.
      if (known && earlier.effective_date < known.effective_date) continue;
      if (earlier.effective_date === known?.effective_date) {
        // A Sunday, Monday or holiday: the bank answers with the sheet before.
        await this.rates.confirm(earlier, recording.checkpoint);
        continue;
      }
      known = await this.record(earlier, known, recording);
    }
    await this.record(sheet, known, recording);
    return missed;
  }

  /**
   * The newest sheet is one of a day to come, and that of today may be corrected all the same. It comes last: a
   * failure must not keep the newest from being stored. What is as before does not count.
   */
  private async lookAgainAt(today: CalendarDate, recording: Recording): Promise<void> {
    const { asking, totals } = recording;
    const now = this.clock.now().getTime();
    const agoMs = now - this.lookedAgainAt;
    // Less than nothing: the clock was set back.
    if (!asking.isForced && agoMs >= 0 && agoMs < LOOK_AGAIN_MS) return;
    const sheet = await this.cbr.dailySheet(today, asking);
    const known = await this.checks.newest(today);
    if (!known || sheet.effective_date >= known.effective_date) {
      const found = nothingFetched();
      await this.recordUpTo(sheet, { ...recording, totals: found });
      totals.saved += found.saved;
      totals.quarantined += found.quarantined;
    }
    this.lookedAgainAt = now;
  }

  private today(): CalendarDate {
    return moscowDate(this.clock.now());
  }

  private async record(
    sheet: PublishedSheet,
    known: KnownSheet | undefined,
    { totals, checkpoint }: Recording,
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
