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

/** What the bank says of the stored sheets that its newest one contradicts. */
interface Examination {
  /** There are such sheets, and the bank confirms none of them: its newest one is no old answer. */
  isDenied: boolean;
  /** For the message of the run. */
  remarks: string[];
}

const REMARKS: Record<DenialOutcome, (date: CalendarDate) => string> = {
  noted: (date) => `the bank no longer has the sheet of ${date}; it is asked once more`,
  withdrawn: (date) => `the sheet of ${date} is withdrawn: the bank no longer has it`,
};

/**
 * Asks for stored sheets of today or later when the bank sends an earlier one as its newest: one that it denies
 * twice is withdrawn.
 */
@Injectable()
export class DeniedSheets {
  constructor(
    private readonly cbr: CbrClient,
    private readonly withdrawals: SheetWithdrawals,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** @throws CbrError where the bank does not answer, LateRunError, or what the database throws */
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

  /** The date of the sheet that the bank sends for a date; undefined where its answer can't be used. */
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
