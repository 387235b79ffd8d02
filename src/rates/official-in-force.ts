import { type CalendarDate, earlier } from '../common/calendar-date.js';
import { type DateRange, rangeAround } from '../common/date-range.js';
import { isInForce } from './in-force.js';
import type { RequestedDay } from './requested-day.js';
import type { LatestVersions, StoredVersion } from './stored-version.js';

/** A day and what is known of it. */
export type KnownDay = Pick<
  RequestedDay,
  'date' | 'isOpen' | 'isProvisional' | 'newestSheet' | 'known'
>;

/** The covered days of a currency that hold the day; for today and later, the last ones up to it. */
export function coveredAround(
  { date, isOpen, known }: KnownDay,
  cbr_id: string,
): DateRange | undefined {
  const ranges = (isOpen ? known.coverage.upTo(date) : known.coverage).of(cbr_id);
  return rangeAround(ranges, date) ?? (isOpen ? ranges.at(-1) : undefined);
}

/**
 * What the newest fixing of a currency up to a day says of that day, where it is in force on it.
 *
 * @param next the date of the currency's next fixing; it matters before 2010 alone
 */
export function officialOn(
  versions: LatestVersions,
  next: CalendarDate | null,
  day: KnownDay,
): LatestVersions | undefined {
  const { cbr_id, effective_date: date } = versions.current;
  const range = coveredAround(day, cbr_id ?? '');
  if (!range || date < range.from) return undefined;
  const { coverage, held } = day.known;
  const fixing = {
    date,
    previous: versions.previous?.effective_date ?? null,
    next,
    held: held.newest(cbr_id, date, day.date),
  };
  const completeTo = rangeAround(coverage.sheets, date)?.to ?? null;
  const at = earlier(range.to, day.date);
  if (!isInForce(fixing, at, { newest: day.newestSheet, completeTo })) return undefined;
  return versions;
}

/** Whether one rate in force speaks for a code before another: the newer, a person's of the same day. */
export function speaksBefore(one: StoredVersion, other: StoredVersion): boolean {
  if (one.effective_date !== other.effective_date) return one.effective_date > other.effective_date;
  if (one.source !== other.source) return one.source === 'manual';
  return (one.cbr_id ?? '') < (other.cbr_id ?? '');
}
