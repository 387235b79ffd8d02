import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { nothingFetched, type Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';
import { SheetIntake } from './sheet-intake.js';

/** Recheck interval for today's sheet after tomorrow's was published, in milliseconds. */
const LOOK_AGAIN_MS = 3_600_000;

/** Rechecks today's sheet after tomorrow's was published: the bank may still correct it. */
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
   * An unchanged sheet is not counted. Runs last, so that its failure does not keep the newest sheet from being
   * stored.
   *
   * @param newest already recorded
   * @throws CbrError if the bank does not answer, LateRunError, database errors
   */
  async lookAgain(newest: PublishedSheet, recording: Recording): Promise<void> {
    const { options, totals } = recording;
    const today = moscowDate(this.clock.now());
    const now = this.clock.now().getTime();
    if (newest.effective_date <= today) return;
    const agoMs = now - this.lookedAgainAt;
    // Negative: the clock was set back.
    if (!options.isForced && agoMs >= 0 && agoMs < LOOK_AGAIN_MS) return;
    const found = nothingFetched();
    try {
      const sheet = await this.cbr.dailySheet(today, options);
      const known = await this.checks.newestDate(today);
      if (known === null || sheet.effective_date >= known) {
        await this.intake.recordSheet(sheet, { ...recording, totals: found });
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
