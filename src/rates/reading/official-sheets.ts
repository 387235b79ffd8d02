import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, earlier, moscowDate } from '../../common/calendar-date.js';
import { type DateRange, firstGap } from '../../common/date-range.js';
import { Clock } from '../../common/clock.js';
import {
  type BookView,
  documentOfSheet,
  type DocumentLine,
  RateBooks,
  viewOf,
  WHOLE_SHEETS_FROM,
} from '../book/index.js';
import {
  FIRST_SHEET_DATE,
  NoSheetError,
  SheetNotLoadedError,
  type StoredVersion,
} from '../model/index.js';
import { isInSheets, rhythmBesideSheets } from './sheet-membership.js';
import { SheetsQueries } from './sheets.queries.js';
import { rejectUnknownSheets } from './unknown-sheets.js';

/** What the bank's sheet of a date holds: the fixings set for that date, never carried ones. */
export interface OfficialSheet {
  date: CalendarDate;
  /** In the order of the bank's IDs, which is that of its documents. */
  fixings: readonly StoredVersion[];
  /** Letter codes of quarantined values, which are not among the fixings. */
  quarantined: readonly string[];
  /** The bank's document, if it contains exactly these fixings. */
  document: DocumentLine | null;
}

/** Answers which sheet of the bank is in force on a day. Manual rates and edits are excluded. */
@Injectable()
export class OfficialSheets {
  constructor(
    private readonly books: RateBooks,
    private readonly stored: SheetsQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * The newest sheet, which is tomorrow's once it is published. While tomorrow's is quarantined as a whole, it is today's.
   *
   * @throws SheetNotLoadedError if none is loaded, or today's is overdue; BookNotLoadedError
   */
  newest(): OfficialSheet {
    const known = viewOf(this.books.current);
    const now = this.clock.now();
    const today = moscowDate(now);
    const date = known.newestSheet;
    if (date === null) throw new SheetNotLoadedError('The newest sheet');
    rejectUnknownSheets(known, { date, upTo: today, now });
    if (date > today && fixingsOf(date, known).length === 0) {
      const before = this.inForceOn(today);
      const quarantined = known.held.codesWithin({ from: date, to: date }, undefined);
      if (before && quarantined.length > 0) return { ...before, quarantined };
    }
    return this.sheet(date, known);
  }

  /**
   * The newest sheet with a date of up to `day`; after the newest sheet, that one.
   *
   * @returns undefined before the bank's first sheet
   * @throws SheetNotLoadedError if another sheet might be in force on that day; BookNotLoadedError
   */
  inForceOn(day: CalendarDate): OfficialSheet | undefined {
    if (day < FIRST_SHEET_DATE) return undefined;
    const known = viewOf(this.books.current);
    const now = this.clock.now();
    const upTo = earlier(day, moscowDate(now));
    const date = known.sheets.newest(day);
    if (date === null) {
      const first = smallSheetAfter(addDays(FIRST_SHEET_DATE, -1), upTo, known);
      return first && this.sheet(first, known);
    }
    rejectUnknownSheets(known, { date, upTo, now });
    return this.sheet(smallSheetAfter(date, upTo, known) ?? date, known);
  }

  /**
   * The sheet of exactly that date.
   *
   * @returns undefined if the bank published none for it
   * @throws SheetNotLoadedError if that is not known; BookNotLoadedError
   */
  of(date: CalendarDate): OfficialSheet | undefined {
    const sheet = this.inForceOn(date);
    return sheet?.date === date ? sheet : undefined;
  }

  /** The bytes of a sheet's document, in the bank's encoding. @throws NoSheetError, database errors */
  async bytes({ date, document }: OfficialSheet): Promise<Buffer> {
    if (!document) throw new NoSheetError(date, 'no document of the bank says exactly this');
    return (await this.stored.bytes(date, document.sha256)).bytes;
  }

  private sheet(date: CalendarDate, known: BookView): OfficialSheet {
    const day = { from: date, to: date };
    const quarantined = known.held.codesWithin(day, undefined);
    const document = quarantined.length === 0 ? documentOfDate(date, known) : null;
    if (!document && !areWhole(day, known)) throw new SheetNotLoadedError(`The sheet of ${date}`);
    const fixings = fixingsOf(date, known);
    // All of it is quarantined: an empty document would be false.
    if (fixings.length === 0) throw new SheetNotLoadedError(`The sheet of ${date}`);
    return { date, fixings, quarantined, document };
  }
}

function documentOfDate(date: CalendarDate, known: BookView): DocumentLine | null {
  const isMonthly = (cbr_id: string) => rhythmBesideSheets(cbr_id, date, known) === 'monthly';
  return documentOfSheet(known.book, date, (cbr_id) => !isMonthly(cbr_id));
}

/** @throws SheetNotLoadedError */
function fixingsOf(date: CalendarDate, known: BookView): StoredVersion[] {
  return known.official
    .within({ from: date, to: date }, undefined)
    .filter((fixing) => isInSheets(fixing, known))
    .sort((one, other) => ((one.cbr_id ?? '') < (other.cbr_id ?? '') ? -1 : 1));
}

/**
 * 48 sheets before 1999 have a few currencies without the dollar, so that the calendar lacks them: only their fixings
 * show them.
 *
 * @throws SheetNotLoadedError if not every fixing of the days is loaded
 */
function smallSheetAfter(
  date: CalendarDate,
  upTo: CalendarDate,
  known: BookView,
): CalendarDate | undefined {
  const range = { from: addDays(date, 1), to: earlier(upTo, addDays(WHOLE_SHEETS_FROM, -1)) };
  if (range.from > range.to) return undefined;
  if (known.newestSheet === null || !areWhole(range, known))
    throw new SheetNotLoadedError(`The sheet in force on ${upTo}`);
  const fixings = known.official.within(range, undefined);
  return fixings.findLast((fixing) => isInSheets(fixing, known))?.effective_date;
}

/** Whether every fixing of the days is loaded: the bank was asked for the sheets, or for the series of every currency. */
function areWhole(days: DateRange, { coverage, currencies }: BookView): boolean {
  if (firstGap(coverage.sheets, days) === undefined) return true;
  return currencies.all.every(({ cbr_id }) => coverage.isWhole(cbr_id, days));
}
