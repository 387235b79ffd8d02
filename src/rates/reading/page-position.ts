import type { CalendarDate } from '../../common/calendar-date.js';
import { isCalendarDate } from '../../common/calendar-date.js';

/** Fixed number of digits, so that numbers sort as text. */
const REPEAT_DIGITS = 6;

/** Fields that determine a row's position in a listing. */
export interface Positioned {
  code: string;
  source: string;
  cbr_id?: string | null;
  requested_date?: CalendarDate;
  from?: CalendarDate;
}

/** Sort key of a row, as text. */
export function sortKeyOf(row: Positioned): string {
  const date = row.requested_date ?? row.from ?? '';
  // A dot sorts before letters and digits, so AB comes before ABC as it does by code. Manual rates of one day are
  // ordered by recording time, whatever their ID.
  const id = row.source === 'manual' ? '' : (row.cbr_id ?? '');
  return [date, row.code, row.source, id].join('.');
}

/**
 * Returns a function that computes the positions of consecutive rows: the sort key, followed by a number from the
 * second row with the same key. Two rows share a key if both derive from a manual quote: the bank's fixing and its
 * manual edit.
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

/** Day of a position; undefined if the text is not a position. */
export function dayOfPosition(position: string): CalendarDate | undefined {
  const [date, code, source] = position.split('.');
  const isPosition = isCalendarDate(date) && code !== undefined && source !== undefined;
  return isPosition ? date : undefined;
}

/** At most `limit` rows after a position, and the position for the next page; undefined if there is none. */
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

/** All rows after a position. */
export async function* pagesAfter<Row extends Positioned>(
  pages: AsyncIterable<Row[]>,
  position: string | undefined,
): AsyncGenerator<Row[]> {
  const positionOf = positions();
  for await (const page of pages) {
    yield position === undefined ? page : page.filter((row) => positionOf(row) > position);
  }
}
