import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, daysBetween, later } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { type DailySheet, FIRST_SHEET_DATE } from '../rates/model/index.js';
import { SheetComparison } from '../rates/reading/index.js';

/** A compared sheet of the other server, or the days before its first one. */
export interface VerifiedSheet {
  /** null: the days before the first sheet. */
  date: CalendarDate | null;
  differences: string[];
  /** Days of the range that are done, and all of them. */
  done: number;
  total: number;
}

/** Compares what is stored with a server of the bank's XML, sheet by sheet, from the newest to the oldest. */
@Injectable()
export class SheetVerification {
  constructor(
    private readonly cbr: CbrClient,
    private readonly stored: SheetComparison,
  ) {}

  /** The days that are stored; null if none are. */
  get days(): DateRange | null {
    return this.stored.days;
  }

  /** @throws CbrError if the server does not answer a day, or has no sheet of the range */
  async *run(range: DateRange, stop: AbortSignal): AsyncGenerator<VerifiedSheet> {
    const { to } = range;
    const from = later(range.from, FIRST_SHEET_DATE);
    const total = daysBetween(from, to) + 1;
    for (let day = to; day >= from;) {
      const sheet = await this.inForceOn(day, stop);
      if (!sheet) {
        if (day === to) throw new CbrError('empty', `The server has no sheet of ${to} or before`);
        const differences = this.stored.differences(undefined, { from, to: day });
        yield { date: null, differences, done: total, total };
        return;
      }
      const differences = this.stored.differences(sheet, { from, to: day });
      const { effective_date: date } = sheet;
      day = addDays(date, -1);
      yield { date, differences, done: daysBetween(later(date, from), to) + 1, total };
    }
  }
  /** Undefined before the server's first sheet: like the bank, it answers "Error in parameters". */
  private async inForceOn(day: CalendarDate, stop: AbortSignal): Promise<DailySheet | undefined> {
    const options = { stop, isForced: false, mayBeIncomplete: true };
    try {
      return await this.cbr.dailySheet(day, options);
    } catch (thrown) {
      if (thrown instanceof CbrError && thrown.isRefusal) return undefined;
      throw thrown;
    }
  }
}
