import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  addDays,
  type CalendarDate,
  earlier,
  later,
  moscowDate,
} from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { type DateRange, firstGap } from '../../common/date-range.js';
import { type BookView, RateBooks, viewOf } from '../book/index.js';
import { FIRST_SHEET_DATE, SheetNotLoadedError, type StoredVersion } from '../model/index.js';
import { rejectUnknownSheets } from './unknown-sheets.js';

/** Days of fixings that are read at a time: about four years. */
const DAYS_AT_A_TIME = 1_500;

export interface SeriesRecordsRequest {
  /** The bank's IDs, `R01235`. */
  ids: readonly string[];
  from: CalendarDate;
  to: CalendarDate;
}

/** Reads the bank's fixings by ID: each on the day for which it was set, without carried or manual ones. */
@Injectable()
export class OfficialSeries {
  constructor(
    private readonly books: RateBooks,
    private readonly clock: Clock,
  ) {}

  /** Whether the ID has stood in a sheet, a series or the dictionary. @throws BookNotLoadedError */
  knows(id: string): boolean {
    return viewOf(this.books.current).currencies.get(id) !== undefined;
  }

  /**
   * The fixings of the range, by day and ID, in pages. Days after the newest sheet have none.
   *
   * @throws SheetNotLoadedError at once, if a day up to the newest sheet is not loaded for one of the IDs, or if a
   * newer sheet may be in force on a day up to today; BookNotLoadedError
   */
  records({ ids, from, to }: SeriesRecordsRequest): AsyncGenerator<StoredVersion[]> {
    const known = viewOf(this.books.current);
    const newest = known.newestSheet;
    if (newest === null) throw new SheetNotLoadedError('History');
    const now = this.clock.now();
    const upTo = earlier(to, moscowDate(now));
    if (from <= upTo) rejectUnknownSheets(known, { date: newest, upTo, now });
    const range = { from: later(from, FIRST_SHEET_DATE), to: earlier(to, newest) };
    for (const id of ids) {
      const gap = range.from > range.to ? undefined : firstGap(known.coverage.of(id), range);
      if (gap !== undefined) throw new SheetNotLoadedError(`${id} on ${gap}`);
    }
    return pagesOf(ids, range, known);
  }

  /** Letter codes of the IDs with figures in the range that are held, and not among the records. */
  quarantined({ ids, from, to }: SeriesRecordsRequest): readonly string[] {
    const known = viewOf(this.books.current);
    if (from > to) return [];
    return known.held.codesWithin({ from, to }, codesOf(ids, known));
  }
}

function codesOf(ids: readonly string[], { currencies }: BookView): string[] {
  return [...new Set(ids.flatMap((id) => currencies.get(id)?.code ?? []))];
}

async function* pagesOf(
  ids: readonly string[],
  { from, to }: DateRange,
  known: BookView,
): AsyncGenerator<StoredVersion[]> {
  const codes = codesOf(ids, known);
  const wanted = new Set<string | null>(ids);
  for (let start = from; start <= to; start = addDays(start, DAYS_AT_A_TIME)) {
    const end = earlier(addDays(start, DAYS_AT_A_TIME - 1), to);
    const fixings = known.official.within({ from: start, to: end }, codes);
    yield fixings.filter(({ cbr_id }) => wanted.has(cbr_id));
    await nextTurn();
  }
}
