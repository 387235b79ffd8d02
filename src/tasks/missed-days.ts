import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { DaySheets } from './day-sheets.js';
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

/** Records the sheets of the days before the newest, each by itself. */
@Injectable()
export class MissedDays {
  constructor(
    private readonly days: DaySheets,
    private readonly intake: SheetIntake,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
  ) {}

  /**
   * Records the sheets that nobody has asked for, oldest first, then the newest, then what was missing
   * before: that may be bad again.
   *
   * @throws CbrError `cbr.stopped`, LateRunError, or what the database throws
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
      const { sheet, failure } = await this.days.of(day, recording);
      if (sheet) await this.take(day, sheet, recording);
      if (failure && !failure.isBadAnswer) return false;
    }
    return true;
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
