import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { nothingFetched, type Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';
import { SheetIntake } from './sheet-intake.js';

/** So often, on schedule, the sheet of today is looked at again while a later one is out; in milliseconds. */
const LOOK_AGAIN_MS = 3_600_000;

/** Looks at the sheet of today again while the newest is one of a day to come: it may be corrected all the same. */
@Injectable()
export class TodaysSheet {
  private lookedAgainAt = -Infinity;

  constructor(
    private readonly cbr: CbrClient,
    private readonly intake: SheetIntake,
    private readonly checks: SheetChecks,
    private readonly clock: Clock,
  ) {}

  /**
   * What is as before does not count. It comes last: a failure must not keep the newest from being stored.
   *
   * @param newest recorded already
   * @throws CbrError where the bank does not answer, LateRunError, or what the database throws
   */
  async lookAgain(newest: PublishedSheet, recording: Recording): Promise<void> {
    const { options, totals } = recording;
    const today = moscowDate(this.clock.now());
    const now = this.clock.now().getTime();
    if (newest.effective_date <= today) return;
    const agoMs = now - this.lookedAgainAt;
    // Less than nothing: the clock was set back.
    if (!options.isForced && agoMs >= 0 && agoMs < LOOK_AGAIN_MS) return;
    const found = nothingFetched();
    try {
      const sheet = await this.cbr.dailySheet(today, options);
      const known = await this.checks.newestDate(today);
      if (known === null || sheet.effective_date >= known) {
        await this.intake.take(sheet, { ...recording, totals: found });
      }
    } catch (thrown) {
      if (!(thrown instanceof CbrError) || !thrown.isBadAnswer) throw thrown;
      totals.remarks.push(`the sheet of today could not be looked at again (${thrown.code})`);
      return;
    }
    totals.saved += found.saved;
    totals.quarantined += found.quarantined;
    this.lookedAgainAt = now;
  }
}
