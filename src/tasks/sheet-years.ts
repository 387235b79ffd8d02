import { Injectable } from '@nestjs/common';
import type { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, daysBetween } from '../common/calendar-date.js';
import { type DateRange, gapsIn, rangeAround } from '../common/date-range.js';
import { type Checkpoint, StoredCoverage, fetchedSheets } from '../rates/storage/index.js';
import { Reader } from '../database/reader.js';
import type { RecordedHistory } from '../rates/recording/index.js';
import { SheetProgress, type SheetYear } from './sheet-progress.js';
import { SheetWalk, type Walk } from './sheet-walk.js';

/** Checkpoint and progress callback of a load. */
export interface SheetsContext {
  checkpoint: Checkpoint;
  stop: AbortSignal;
  /** Called after a recorded sheet with the number of days it settles. */
  onDays: (days: number, sheet: CalendarDate, recorded: RecordedHistory) => void;
}

/** Loads the daily sheets of a range, year by year; a day without its own sheet is requested once. */
@Injectable()
export class SheetYears {
  constructor(
    private readonly walk: SheetWalk,
    private readonly coverage: StoredCoverage,
    private readonly reader: Reader,
    private readonly progress: SheetProgress,
  ) {}

  begin(range: DateRange, { checkpoint }: SheetsContext): Promise<SheetYear[]> {
    return this.progress.begin(range, checkpoint);
  }

  /** Continues a year where it stopped. Failed days are left to `loadRest`. @throws CbrError */
  async load(year: SheetYear, context: SheetsContext): Promise<void> {
    if (year.next < year.from) return;
    const days = { from: year.from, to: year.next };
    await this.walk.load(days, {
      ...(await this.walkOf(days, context)),
      checkpoint: (next) => this.progress.checkpoint(year, next, context.checkpoint),
      onSheet: (recorded, { effective_date }, next) => {
        context.onDays(daysFrom(year, next), effective_date, recorded);
        year.next = next;
      },
    });
    context.onDays(daysFrom(year, addDays(year.from, -1)), year.from, NOTHING);
    year.next = addDays(year.from, -1);
  }

  /** Retries the days that are still not covered; returns the failed ones with their errors. */
  async loadRest(range: DateRange, context: SheetsContext): Promise<Map<CalendarDate, CbrError>> {
    const failed = new Map<CalendarDate, CbrError>();
    for (const days of gapsIn((await this.coverage.loadedDays()).sheets, range)) {
      await this.walk.load(days, {
        ...(await this.walkOf(days, context)),
        onFailure: (day, failure) => failed.set(day, failure),
      });
    }
    return failed;
  }

  end(years: readonly SheetYear[], { checkpoint }: SheetsContext): Promise<void> {
    return this.progress.end(years, checkpoint);
  }

  private async walkOf(
    days: DateRange,
    { checkpoint, stop, onDays }: SheetsContext,
  ): Promise<Walk> {
    const { sheets } = await this.coverage.loadedDays();
    const fetched = await fetchedSheets(this.reader, days);
    return {
      dayToAsk: (day) => dayToAsk(day, sheets, fetched),
      checkpoint: () => checkpoint,
      onSheet: (recorded, { effective_date }) => onDays(0, effective_date, recorded),
      onFailure: () => undefined,
      stop,
    };
  }
}

const NOTHING: RecordedHistory = { added: 0, corrected: 0, unchanged: 0 };

/**
 * A requested day without its own sheet is answered with the previous sheet: that one is requested instead, as it
 * may have been corrected.
 *
 * @param asked requested days, joined
 * @param sheets days with a sheet of their own, in order
 */
export function dayToAsk(
  day: CalendarDate,
  asked: readonly DateRange[],
  sheets: readonly CalendarDate[],
): CalendarDate {
  for (let wanted = day; ;) {
    const range = rangeAround(asked, wanted);
    if (!range) return wanted;
    const last = wanted;
    const own = sheets.findLast((date) => date <= last);
    if (own !== undefined && own >= range.from) return own;
    wanted = addDays(range.from, -1);
  }
}

function daysFrom(year: SheetYear, next: CalendarDate): number {
  return daysBetween(next < year.from ? addDays(year.from, -1) : next, year.next);
}
