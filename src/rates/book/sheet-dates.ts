import type { CalendarDate } from '../../common/calendar-date.js';
import { dateOfDay } from '../../common/day-number.js';
import { IN_EVERY_SHEET } from '../model/index.js';
import type { BookParts } from './book-parts.js';
import type { SharedValues } from './version-lines.js';

/**
 * 48 sheets before 1999 contain only a few currencies, such as monthly ones, and end no rate. None of them has the
 * dollar, so before this date only the dollar's fixings show which days had a sheet.
 */
export const WHOLE_SHEETS_FROM = '1999-01-01' as CalendarDate;

/** Sources of the days of sheets. */
type Sources = Pick<BookParts, 'documents' | 'sheetDays' | 'official'>;

/**
 * Known days with a sheet, and since when each is known: from fetched sheets, the days of the dollar's series, and
 * the dollar's fixings, whether edited or deleted since.
 */
export class SheetDates {
  private constructor(
    /** In order. */
    private readonly days: readonly CalendarDate[],
    /** By day, ISO 8601 UTC text. */
    private readonly since: ReadonlyMap<CalendarDate, string>,
  ) {}

  static of(parts: Sources, { instants }: SharedValues): SheetDates {
    const since = new Map<CalendarDate, string>();
    const note = (day: CalendarDate, instant: string) => {
      const known = since.get(day);
      if (known === undefined || instant < known) since.set(day, instant);
    };
    for (const { kind, date, fetched_at } of parts.documents) {
      if (kind === 'daily' && date >= WHOLE_SHEETS_FROM) note(date, fetched_at);
    }
    for (const { date, known_since } of parts.sheetDays) note(date, known_since);
    const dollar = parts.official.get(IN_EVERY_SHEET);
    for (let row = 0; row < (dollar?.length ?? 0); row++) {
      const { day, recorded } = dollar?.columns ?? {};
      note(dateOfDay(day?.[row] ?? 0), instants.valueOf(recorded?.[row] ?? 0));
    }
    return new SheetDates([...since.keys()].sort(), since);
  }

  /** Whether two books have the same sources. */
  static areSame(one: Sources, other: Sources): boolean {
    return (
      one.documents === other.documents &&
      one.sheetDays === other.sheetDays &&
      one.official.get(IN_EVERY_SHEET) === other.official.get(IN_EVERY_SHEET)
    );
  }

  /** Days known at an instant (undefined: now), without withdrawn ones, in order. */
  knownAt(asOf: string | undefined, withdrawn: ReadonlySet<CalendarDate>): readonly CalendarDate[] {
    if (asOf === undefined && withdrawn.size === 0) return this.days;
    return this.days.filter(
      (day) => !withdrawn.has(day) && (asOf === undefined || (this.since.get(day) ?? '') <= asOf),
    );
  }
}
