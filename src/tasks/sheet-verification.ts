import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { addDays, type CalendarDate, daysBetween, later } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { FIRST_SHEET_DATE } from '../rates/model/index.js';
import { SheetComparison } from '../rates/reading/index.js';

/** A compared sheet of the other server. */
export interface VerifiedSheet {
  date: CalendarDate;
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

  /** @throws CbrError if the server does not answer a day */
  async *run(range: DateRange, stop: AbortSignal): AsyncGenerator<VerifiedSheet> {
    const { to } = range;
    const from = later(range.from, FIRST_SHEET_DATE);
    const total = daysBetween(from, to) + 1;
    for (let day = to; day >= from;) {
      const sheet = await this.cbr.dailySheet(day, {
        ...{ stop, isForced: false, mayBeIncomplete: true },
      });
      const differences = this.stored.differences(sheet, { from, to: day });
      const { effective_date: date } = sheet;
      day = addDays(date, -1);
      yield { date, differences, done: daysBetween(later(date, from), to) + 1, total };
    }
  }
}
