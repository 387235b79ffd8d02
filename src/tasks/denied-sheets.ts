import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/reader.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { storedSheetsAfter } from '../rates/storage/index.js';
import { type DenialOutcome, SheetWithdrawals } from '../rates/recording/index.js';
import type { Recording } from './recording.js';

/** Result of checking stored sheets that the bank's newest one contradicts. */
interface Examination {
  /** The bank confirmed none of the sheets, so its newest one is not an outdated answer. */
  isDenied: boolean;
  /** Remarks for the run's message. */
  remarks: string[];
}

const REMARKS: Record<DenialOutcome, (date: CalendarDate) => string> = {
  noted: (date) => `the bank no longer has the sheet of ${date}; it is asked once more`,
  withdrawn: (date) => `the sheet of ${date} is withdrawn: the bank no longer has it`,
};

/**
 * Requests stored sheets of today or later if the bank's newest sheet is older. A sheet that the bank denies twice
 * is withdrawn.
 */
@Injectable()
export class DeniedSheets {
  constructor(
    private readonly cbr: CbrClient,
    private readonly withdrawals: SheetWithdrawals,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** @throws CbrError if the bank does not answer, LateRunError, database errors */
  async examine(newest: PublishedSheet, recording: Recording): Promise<Examination> {
    const today = moscowDate(this.clock.now());
    const later = await storedSheetsAfter(this.reader, newest.effective_date);
    const contradicted = later.filter((date) => date >= today);
    const remarks: string[] = [];
    let isDenied = contradicted.length > 0;
    for (const date of contradicted) {
      const answered = await this.answeredDate(date, recording, remarks);
      if (answered === undefined) continue;
      if (answered >= date) {
        isDenied = false;
        await this.withdrawals.confirm(date);
        continue;
      }
      const outcome = await this.withdrawals.deny(date, answered, recording.checkpoint);
      remarks.push(REMARKS[outcome](date));
    }
    return { isDenied, remarks };
  }

  /** Date of the sheet that the bank returns for a date; undefined if its answer is unusable. */
  private async answeredDate(
    date: CalendarDate,
    { options }: Recording,
    remarks: string[],
  ): Promise<CalendarDate | undefined> {
    try {
      return (await this.cbr.dailySheet(date, options)).effective_date;
    } catch (thrown) {
      if (!(thrown instanceof CbrError) || !thrown.isBadAnswer) throw thrown;
      remarks.push(`whether the bank still has the sheet of ${date} is not known (${thrown.code})`);
      return undefined;
    }
  }
}
