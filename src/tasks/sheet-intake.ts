import { Injectable } from '@nestjs/common';
import { later } from '../common/calendar-date.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { SheetRecorder } from '../rates/recording/index.js';
import { newlyHeld, type Recording } from './recording.js';
import { SheetBefore } from './sheet-before.js';

/** Records the sheets of a run and counts the results. */
@Injectable()
export class SheetIntake {
  constructor(
    private readonly rates: SheetRecorder,
    private readonly before: SheetBefore,
  ) {}

  /** @throws CbrError `cbr.stopped`, LateRunError, database errors */
  async recordSheet(sheet: PublishedSheet, recording: Recording): Promise<void> {
    const { totals, checkpoint } = recording;
    await this.before.load(sheet.effective_date, recording);
    const recorded = await this.rates.record(sheet, checkpoint);
    totals.saved += recorded.saved;
    totals.unchanged += recorded.unchanged;
    totals.quarantined += newlyHeld(recorded, recording);
    if (!recorded.isCompared) {
      totals.remarks.push(
        `the sheet of ${sheet.effective_date} was compared with none: the bank's sheet before it could not be had`,
      );
    }
    const { effective_date: before } = totals;
    const { effective_date } = recorded;
    totals.effective_date = before === null ? effective_date : later(before, effective_date);
  }

  /** Stores that a known sheet was still in force on the requested day. */
  confirm(sheet: PublishedSheet, { checkpoint }: Recording): Promise<void> {
    return this.rates.confirm(sheet, checkpoint);
  }
}
