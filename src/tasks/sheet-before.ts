import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, earlier } from '../common/calendar-date.js';
import { firstGap } from '../common/date-range.js';
import { SheetRecorder, PastSheetRecorder } from '../rates/recording/index.js';
import { DaySheets } from './day-sheets.js';
import { MissingDays } from './missing-days.js';
import { newlyHeld, type Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/**
 * Loads the bank's sheet directly before a new one, for the new one to be measured against: after an outage
 * of months a slow move looks like a jump.
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
   * Records it as history where there is a hole before `date`; one that cannot be had is noted, and one that
   * lacks too many currencies is held.
   *
   * @throws CbrError `cbr.stopped`, LateRunError, or what the database throws
   */
  async load(date: CalendarDate, recording: Recording): Promise<void> {
    const { covered, missing, today } = await this.missing.known();
    // What the bank says of a day to come is not its last word.
    const before = earlier(addDays(date, -1), today);
    const newest = await this.checks.newestDate(date);
    if (newest === null || newest >= before) return;
    if (firstGap(covered, { from: newest, to: before }) === undefined) return;
    // Asked for in this run, or to be asked for later.
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
