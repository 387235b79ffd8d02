import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, earlier } from '../common/calendar-date.js';
import { firstGap } from '../common/date-range.js';
import { SheetRecorder, PastSheetRecorder } from '../rates/recording/index.js';
import { DaySheets } from './day-sheets.js';
import { MissingDays } from './missing-days.js';
import { newlyHeld, type Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/**
 * Loads the bank's sheet directly before a new one, as the reference of the jump guard: after an outage of months
 * a slow move looks like a jump.
 */
@Injectable()
export class SheetBefore {
  constructor(
    private readonly days: DaySheets,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
    private readonly rates: SheetRecorder,
    private readonly history: PastSheetRecorder,
  ) {}

  /**
   * Records it as history if there is a hole before `date`. A failure is stored as a missing day; a sheet that lacks
   * too many currencies is held.
   *
   * @throws CbrError `cbr.stopped`, LateRunError, database errors
   */
  async load(date: CalendarDate, recording: Recording): Promise<void> {
    const { covered, missing, today } = await this.missing.sheetsKnown();
    // Answers about later days are provisional.
    const before = earlier(addDays(date, -1), today);
    const newest = await this.checks.newestDate(date);
    if (newest === null || newest >= before) return;
    if (firstGap(covered, { from: newest, to: before }) === undefined) return;
    // Requested in this run already, or due later.
    if (missing.some((each) => each.date === before)) return;
    const { sheet } = await this.days.of(before, recording);
    if (!sheet) return;
    const { checkpoint } = recording;
    if (sheet.effective_date === newest) {
      await this.rates.confirm(sheet, checkpoint);
      return;
    }
    const held = await this.rates.holdShrunk(sheet, checkpoint);
    if (held) recording.totals.quarantined += newlyHeld(held, recording);
    else await this.history.record(sheet, checkpoint);
  }
}
