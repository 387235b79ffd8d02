import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import type { CalendarDate } from '../common/calendar-date.js';
import { longestInForce, type PublishedSheet } from '../rates/model/index.js';
import { MissingDays } from './missing-days.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/** Result for one day; neither: the bank has no sheet that could be in force on it. */
interface DayAnswer {
  sheet?: PublishedSheet;
  failure?: CbrError;
}

/** Fetches sheets of single days, and stores which days had an unusable answer. */
@Injectable()
export class DaySheets {
  constructor(
    private readonly cbr: CbrClient,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
  ) {}

  /** @throws CbrError `cbr.stopped`, LateRunError, database errors */
  async of(day: CalendarDate, recording: Recording): Promise<DayAnswer> {
    try {
      const sheet = await this.cbr.dailySheet(day, recording.options);
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
      // A postponed request was not sent.
      if (!failure.isPutOff) await this.missing.scheduleRetry(day, failure, recording);
      return { failure };
    }
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
