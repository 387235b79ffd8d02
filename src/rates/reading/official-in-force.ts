import { addDays, type CalendarDate, earlier } from '../../common/calendar-date.js';
import { type DateRange, firstGap, rangeAround } from '../../common/date-range.js';
import type { BookView } from '../book/index.js';
import { type LatestVersions, type Standing, standingOn } from '../model/index.js';
import type { RequestedDay } from './requested-day.js';

/** A day, and facts about it. */
export interface KnownDay extends Pick<
  RequestedDay,
  'date' | 'isOpen' | 'isProvisional' | 'newestSheet'
> {
  known: Pick<BookView, 'coverage' | 'currencies' | 'held' | 'lastSet'>;
}

/** Covered range of a currency around the day; for today and later, the last range up to it. */
export function coveredAround(
  { date, isOpen, known }: KnownDay,
  cbr_id: string,
): DateRange | undefined {
  const ranges = (isOpen ? known.coverage.upTo(date) : known.coverage).of(cbr_id);
  return rangeAround(ranges, date) ?? (isOpen ? ranges.at(-1) : undefined);
}

/** Standing of a currency's newest fixing on a day. */
export function officialStanding({ current }: LatestVersions, day: KnownDay): Standing {
  const { cbr_id, effective_date: date } = current;
  // A fixing of the day itself needs no other facts.
  if (date === day.date) return 'in force';
  const range = coveredAround(day, cbr_id ?? '');
  if (!range) return 'unknown';
  const { coverage, held } = day.known;
  const heldDay = held.newest(cbr_id, date, day.date);
  // A held fixing keeps the last accepted one in force, however old, and whatever is not loaded before it.
  const seen = heldDay ?? date;
  if (seen < range.from) return 'ended';
  const at = earlier(range.to, day.date);
  return standingOn({ date, held: heldDay }, at, {
    newestSheet: day.newestSheet,
    areSheetsKnownAfter: (last) => isWhole(coverage.calendar, last, at),
    sheetsAskedTo: rangeAround(coverage.sheets, seen)?.to ?? null,
    rhythm: coverage.setting.on(cbr_id ?? '', at),
  });
}

function isWhole(days: readonly DateRange[], after: CalendarDate, to: CalendarDate): boolean {
  return after >= to || firstGap(days, { from: addDays(after, 1), to }) === undefined;
}
