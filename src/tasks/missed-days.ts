import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { DaySheets } from './day-sheets.js';
import { MissingDays } from './missing-days.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';
import { SheetIntake } from './sheet-intake.js';

/** Result of fetching the days before the newest sheet. */
interface WayUp {
  /** If false, this run sends no more requests. */
  isAnswering: boolean;
  /** An earlier run has asked about today. */
  isTodaySettled: boolean;
}

/** Records the sheets of the days before the newest one, each on its own. */
@Injectable()
export class MissedDays {
  constructor(
    private readonly days: DaySheets,
    private readonly intake: SheetIntake,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
  ) {}

  /**
   * Records missed sheets, oldest first, then the newest, then days that failed before and may fail again.
   *
   * @throws CbrError `cbr.stopped`, LateRunError, database errors
   */
  async recordUpTo(newest: PublishedSheet, recording: Recording): Promise<WayUp> {
    const { untried, again, isTodaySettled } = await this.missing.before(
      newest.effective_date,
      recording,
    );
    const isAnswering = await this.record(untried, recording);
    await this.intake.recordSheet(newest, recording);
    await this.missing.settleAfter(newest.effective_date, recording);
    return { isAnswering: isAnswering && (await this.record(again, recording)), isTodaySettled };
  }

  /** @returns whether the bank answers; if not, the remaining days are left to the next run */
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
    if (!isKnown) await this.intake.recordSheet(sheet, recording);
    // A Sunday, Monday or holiday: the previous sheet is in force.
    if (sheet.effective_date !== day) await this.intake.confirm(sheet, recording);
  }
}
