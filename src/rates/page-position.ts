import type { CalendarDate } from '../common/calendar-date.js';
import { isCalendarDate } from '../common/calendar-date.js';

/** What a row of a listing is ordered by. */
interface Positioned {
  code: string;
  source: string;
  cbr_id?: string | null;
  requested_date?: CalendarDate;
  from?: CalendarDate;
}

/** Where a page ends: the sort key of its last row, as text that callers hand back as `after`. */
export function positionOf(row: Positioned): string {
  const date = row.requested_date ?? row.from ?? '';
  // A dot sorts before letters and digits, so that AB comes before ABC in text as it does by code.
  return [date, row.code, row.source, row.cbr_id ?? ''].join('.');
}

/** The day of a position; undefined for a text that is none. */
export function dayOfPosition(position: string): CalendarDate | undefined {
  const [date, code, source] = position.split('.');
  const isPosition = isCalendarDate(date) && code !== undefined && source !== undefined;
  return isPosition ? date : undefined;
}

/** The rows behind a position, at most `limit` of them, and whether more follow. */
export async function pageAfter<Row extends Positioned>(
  pages: AsyncIterable<Row[]>,
  position: string | undefined,
  limit: number,
): Promise<{ rows: Row[]; isLast: boolean }> {
  const rows: Row[] = [];
  for await (const page of pages) {
    for (const row of page) {
      if (position !== undefined && positionOf(row) <= position) continue;
      if (rows.length === limit) return { rows, isLast: false };
      rows.push(row);
    }
  }
  return { rows, isLast: true };
}

/** The rows behind a position, all of them. */
export async function* pagesAfter<Row extends Positioned>(
  pages: AsyncIterable<Row[]>,
  position: string | undefined,
): AsyncGenerator<Row[]> {
  for await (const page of pages) {
    yield position === undefined ? page : page.filter((row) => positionOf(row) > position);
  }
}
