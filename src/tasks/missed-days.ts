import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import type { CalendarDate } from '../common/calendar-date.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { longestInForce } from '../rates/in-force.js';
import { MissingDays } from './missing-days.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';
import { SheetIntake } from './sheet-intake.js';

/** What was found on the way to the newest sheet. */
interface WayUp {
  /** Otherwise the bank is not asked for more in this run. */
  isAnswering: boolean;
  /** The bank was asked about today in an earlier run. */
  isTodaySettled: boolean;
}

/** Asks for the sheets of single days: one whose answer cannot be used is noted. */
@Injectable()
export class MissedDays {
  constructor(
    private readonly cbr: CbrClient,
    private readonly intake: SheetIntake,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
  ) {}

  /**
   * Records the sheets that nobody has asked for, oldest first, then the newest, then what was missing
   * before: that may be bad again.
   *
   * @throws CbrError `cbr.stopped` or `cbr.shrunk_sheet`, LateRunError, or what the database throws
   */
  async recordUpTo(newest: PublishedSheet, recording: Recording): Promise<WayUp> {
    const { untried, again, isTodaySettled } = await this.missing.before(
      newest.effective_date,
      recording,
    );
    const isAnswering = await this.record(untried, recording);
    await this.intake.take(newest, recording);
    await this.missing.settleAfter(newest.effective_date, recording);
    return { isAnswering: isAnswering && (await this.record(again, recording)), isTodaySettled };
  }

  /** @returns whether the bank answers: where it does not, the rest of the days waits for another run */
  private async record(days: readonly CalendarDate[], recording: Recording): Promise<boolean> {
    for (const day of days) {
      const { sheet, failure } = await this.sheetOf(day, recording);
      if (sheet) await this.takeUnlessShrunk(day, sheet, recording);
      if (failure && !failure.isBadAnswer) return false;
    }
    return true;
  }

  /** One that has lost too many currencies keeps no other day out. */
  private async takeUnlessShrunk(
    day: CalendarDate,
    sheet: PublishedSheet,
    recording: Recording,
  ): Promise<void> {
    try {
      await this.take(day, sheet, recording);
    } catch (failure) {
      if (!(failure instanceof CbrError) || !failure.isBadAnswer) throw failure;
      await this.missing.note(day, failure, recording);
    }
  }

  /**
   * The sheet in force on a day, or why there is none; neither: the bank has none that could be.
   *
   * @throws CbrError `cbr.stopped`, LateRunError, or what the database throws
   */
  async sheetOf(
    day: CalendarDate,
    recording: Recording,
  ): Promise<{ sheet?: PublishedSheet; failure?: CbrError }> {
    try {
      const sheet = await this.cbr.dailySheet(day, recording.asking);
      if (day > longestInForce(sheet.effective_date)) {
        await this.missing.giveUp(day, tooOld(day, sheet.effective_date), recording);
        return {};
      }
      const known = await this.checks.newestDate(day);
      if (known !== null && sheet.effective_date < known) {
        throw contradiction(day, sheet.effective_date, known);
      }
      return { sheet };
    } catch (failure) {
      if (!(failure instanceof CbrError) || failure.code === 'cbr.stopped') throw failure;
      // One that was put off has asked nothing.
      if (!failure.isPutOff) await this.missing.note(day, failure, recording);
      return { failure };
    }
  }

  private async take(
    day: CalendarDate,
    sheet: PublishedSheet,
    recording: Recording,
  ): Promise<void> {
    const isKnown = (await this.checks.newestDate(day)) === sheet.effective_date;
    if (!isKnown) await this.intake.take(sheet, recording);
    // A Sunday, Monday or holiday: the sheet before is in force.
    if (sheet.effective_date !== day) await this.intake.confirm(sheet, recording);
  }
}

function tooOld(day: CalendarDate, effective_date: CalendarDate): CbrError {
  const message = `Asked for ${day}, the bank sends the sheet of ${effective_date}, which cannot be in force any more`;
  return new CbrError('stale_sheet', message);
}

function contradiction(
  day: CalendarDate,
  effective_date: CalendarDate,
  known: CalendarDate,
): CbrError {
  const message = `Asked for ${day}, the bank sends the sheet of ${effective_date}, but has published that of ${known}`;
  return new CbrError('stale_sheet', message);
}
