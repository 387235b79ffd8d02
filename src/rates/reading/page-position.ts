import type { CalendarDate } from '../../common/calendar-date.js';
import { isCalendarDate } from '../../common/calendar-date.js';

/** Numbers of as many digits sort as text. */
const REPEAT_DIGITS = 6;

/** What a row of a listing is ordered by. */
export interface Positioned {
  code: string;
  source: string;
  cbr_id?: string | null;
  requested_date?: CalendarDate;
  from?: CalendarDate;
}

/** What rows are ordered by, as text. */
export function sortKeyOf(row: Positioned): string {
  const date = row.requested_date ?? row.from ?? '';
  // A dot sorts before letters and digits, so that AB comes before ABC in text as it does by code.
  // People's rates of one day stand in the order in which they were made, whosever ID they have.
  const id = row.source === 'manual' ? '' : (row.cbr_id ?? '');
  return [date, row.code, row.source, id].join('.');
}

/**
 * Gives the rows of a listing, asked about one after the other, their positions: the sort key, and from the
 * second row with the same one on its number among them. The bank's fixing and a person's edit of it are two
 * such rows against a rate that a person made: both are a person's then.
 */
function positions(): (row: Positioned) => string {
  let before = '';
  let repeats = 0;
  return (row) => {
    const key = sortKeyOf(row);
    repeats = key === before ? repeats + 1 : 0;
    before = key;
    return repeats === 0 ? key : `${key}.${String(repeats).padStart(REPEAT_DIGITS, '0')}`;
  };
}

/** The day of a position; undefined for a text that is none. */
export function dayOfPosition(position: string): CalendarDate | undefined {
  const [date, code, source] = position.split('.');
  const isPosition = isCalendarDate(date) && code !== undefined && source !== undefined;
  return isPosition ? date : undefined;
}

/** The rows behind a position, at most `limit` of them, and where the next page begins: behind `next`, unless there is none. */
export async function pageAfter<Row extends Positioned>(
  pages: AsyncIterable<Row[]>,
  position: string | undefined,
  limit: number,
): Promise<{ rows: Row[]; next: string | undefined }> {
  const rows: Row[] = [];
  const positionOf = positions();
  let last: string | undefined;
  for await (const page of pages) {
    for (const row of page) {
      const at = positionOf(row);
      if (position !== undefined && at <= position) continue;
      if (rows.length === limit) return { rows, next: last };
      rows.push(row);
      last = at;
    }
  }
  return { rows, next: undefined };
}

/** The rows behind a position, all of them. */
export async function* pagesAfter<Row extends Positioned>(
  pages: AsyncIterable<Row[]>,
  position: string | undefined,
): AsyncGenerator<Row[]> {
  const positionOf = positions();
  for await (const page of pages) {
    yield position === undefined ? page : page.filter((row) => positionOf(row) > position);
  }
}
