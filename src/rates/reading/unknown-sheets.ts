import { addDays, type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { firstGap } from '../../common/date-range.js';
import type { BookView } from '../book/index.js';
import { freshnessAt, SheetNotLoadedError } from '../model/index.js';

/**
 * Throws if the bank may have published another sheet after that of `date`, up to `upTo`, which is today at the
 * latest.
 *
 * @throws SheetNotLoadedError
 */
export function rejectUnknownSheets(
  { coverage, missing }: BookView,
  { date, upTo, now }: { date: CalendarDate; upTo: CalendarDate; now: Date },
): void {
  if (date >= upTo) return;
  const gap = firstGap(coverage.calendar, { from: addDays(date, 1), to: upTo });
  if (gap === undefined) return;
  // Shortly after midnight the bank has not been polled for the day, but no sheet is due yet.
  const isOnlyToday = gap === moscowDate(now);
  const isMissing = [...missing.keys()].some((day) => day > date && day <= upTo);
  if (isOnlyToday && !isMissing && freshnessAt(date, now) !== 'stale') return;
  throw new SheetNotLoadedError(`The sheet in force on ${gap}`);
}
