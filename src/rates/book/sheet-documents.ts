import type { CalendarDate } from '../../common/calendar-date.js';
import { dayNumber } from '../../common/day-number.js';
import type { DocumentLine } from './book-parts.js';
import { NEVER } from './column-arena.js';
import type { RateBook } from './rate-book.js';
import type { VersionColumns } from './version-columns.js';

/** Calls `visit` with each version of a date, superseded ones included. */
function eachOn(
  parts: Iterable<VersionColumns>,
  date: CalendarDate,
  visit: (versions: VersionColumns, row: number) => void,
): void {
  const day = dayNumber(date);
  for (const versions of parts) {
    for (let row = versions.upTo(day) - 1; versions.columns.day[row] === day; row--) {
      visit(versions, row);
    }
  }
}

/**
 * Documents of a date: sheets before series, the bank's own before those that another Kurs built, each ordered by the
 * last recorded figure from it. The bank may undo a correction with bytes that are already stored. Manual versions
 * have no document.
 */
export function documentsOf({ parts, shared }: RateBook, date: CalendarDate): DocumentLine[] {
  const usedAt = new Map<number, string>();
  const standing = new Set<number>();
  for (const part of [parts.official, parts.manual]) {
    eachOn(part.values(), date, ({ columns }, row) => {
      const document = columns.document[row] ?? 0;
      const recorded = shared.instants.valueOf(columns.recorded[row] ?? 0);
      if (recorded > (usedAt.get(document) ?? '')) usedAt.set(document, recorded);
      if (columns.ended[row] === NEVER) standing.add(document);
    });
  }
  const lastUse = ({ id }: DocumentLine) => usedAt.get(id) ?? '';
  return parts.documents
    .filter((each) => (each.kind === 'daily' && each.date === date) || standing.has(each.id))
    .sort(
      (one, other) =>
        compare(one.kind, other.kind) ||
        one.is_built - other.is_built ||
        compare(lastUse(other), lastUse(one)) ||
        other.id - one.id,
    );
}

/**
 * The bank's sheet of a date if its values are still in effect. Null if the date was loaded as series or from sheets
 * that another Kurs built, or if another document has corrected a value since.
 *
 * @param isInSheet whether fixings of an ID stand in the sheet; monthly ones of the same date may be recorded later
 */
export function documentOfSheet(
  book: RateBook,
  date: CalendarDate,
  isInSheet: (cbr_id: string) => boolean,
): DocumentLine | null {
  const { instants } = book.shared;
  const sheets = documentsOf(book, date).filter(
    ({ kind, is_built }) => kind === 'daily' && !is_built,
  );
  const parts = [...book.parts.official].filter(([id]) => isInSheet(id)).map(([, part]) => part);
  const isInEffect = ({ id, fetched_at }: DocumentLine) => {
    let lastCorrection = '';
    eachOn(parts, date, ({ columns }, row) => {
      if (columns.ended[row] !== NEVER || columns.document[row] === id) return;
      const recorded = instants.valueOf(columns.recorded[row] ?? 0);
      if (recorded > lastCorrection) lastCorrection = recorded;
    });
    return lastCorrection <= fetched_at;
  };
  return sheets.find(isInEffect) ?? null;
}

/** Newest dictionary of the bank; null if none is stored. */
export function dictionaryOf({ parts }: RateBook): DocumentLine | null {
  return parts.documents.findLast(({ kind }) => kind === 'dictionary') ?? null;
}

/** Number of currencies with an official fixing of a date, including edited and withdrawn ones. */
export function currenciesOn({ parts, shared }: RateBook, date: CalendarDate): number {
  const ids = new Set<string>();
  for (const [id, versions] of parts.official) {
    eachOn([versions], date, () => ids.add(id));
  }
  eachOn(parts.manual.values(), date, ({ columns }, row) => {
    if (columns.ended[row] === NEVER) ids.add(shared.banks.valueOf(columns.bank[row] ?? 0));
  });
  return [...ids].filter((id) => parts.currencies.get(id)).length;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
