import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { firstGap, rangeAround } from '../../common/date-range.js';
import { Clock } from '../../common/clock.js';
import {
  type BookView,
  documentOfSheet,
  type DocumentLine,
  RateBooks,
  viewOf,
} from '../book/index.js';
import {
  FIRST_SHEET_DATE,
  freshnessAt,
  NoSheetError,
  SheetNotLoadedError,
  type StoredVersion,
} from '../model/index.js';
import { SheetsQueries } from './sheets.queries.js';

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
   * The newest sheet, which is tomorrow's once it is published.
   *
   * @throws SheetNotLoadedError if none is loaded, or today's is overdue; BookNotLoadedError
   */
  newest(): OfficialSheet {
    const known = viewOf(this.books.current);
    const today = moscowDate(this.clock.now());
    const date = known.newestSheet;
    if (date === null) throw new SheetNotLoadedError('The newest sheet');
    if (date < today) this.rejectUnknown(date, today, known);
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
    const today = moscowDate(this.clock.now());
    const date = known.sheets.newest(day);
    if (date === null) throw new SheetNotLoadedError(`The sheet in force on ${day}`);
    const last = day > today ? today : day;
    if (date < last) this.rejectUnknown(date, last, known);
    return this.sheet(date, known);
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
  bytes({ date, document }: OfficialSheet): Promise<Buffer> {
    if (!document) throw new NoSheetError(date, 'no document of the bank says exactly this');
    return this.stored.bytes(date, document.sha256);
  }

  private sheet(date: CalendarDate, known: BookView): OfficialSheet {
    const { coverage } = known;
    const isMonthly = ({ cbr_id }: StoredVersion) =>
      coverage.setting.on(cbr_id ?? '', date) === 'monthly';
    const quarantined = known.held.codesWithin({ from: date, to: date }, undefined);
    const document = quarantined.length === 0 ? documentOfSheet(known.book, date) : null;
    if (!document && !isWhole(date, known)) throw new SheetNotLoadedError(`The sheet of ${date}`);
    const fixings = known.official
      .within({ from: date, to: date }, undefined)
      // Monthly fixings, before 2010, are in no sheet.
      .filter((fixing) => !isMonthly(fixing))
      .sort((one, other) => ((one.cbr_id ?? '') < (other.cbr_id ?? '') ? -1 : 1));
    return { date, fixings, quarantined, document };
  }

  /** @throws SheetNotLoadedError if a sheet may have been published after `date`, up to `day` */
  private rejectUnknown(date: CalendarDate, day: CalendarDate, known: BookView): void {
    const after = { from: addDays(date, 1), to: day };
    const gap = firstGap(known.coverage.calendar, after);
    if (gap === undefined) return;
    // Shortly after midnight the bank has not been polled for the day, but no sheet is due yet.
    const now = this.clock.now();
    const isOnlyToday = gap === moscowDate(now);
    const isMissing = [...known.missing.keys()].some((missing) => missing > date && missing <= day);
    if (isOnlyToday && !isMissing && freshnessAt(date, now) !== 'stale') return;
    throw new SheetNotLoadedError(`The sheet in force on ${gap}`);
  }
}

/** Whether every fixing of a date is loaded: the bank was asked for that sheet, or for the series of every currency. */
function isWhole(date: CalendarDate, { coverage, currencies }: BookView): boolean {
  if (rangeAround(coverage.sheets, date)) return true;
  return currencies.all.every(({ cbr_id }) => rangeAround(coverage.of(cbr_id), date));
}
