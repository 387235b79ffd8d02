import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, earlier, later } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import {
  type CurrencySeries,
  type DictionaryEntry,
  FIRST_SHEET_DATE,
  type PublishedSheet,
  type SeriesRecord,
  UNLISTED_CURRENCIES,
} from '../rates/model/index.js';
import type { StrayCurrency } from '../rates/storage/index.js';
import { ImpossibleBackfillError } from './tasks.errors.js';

/** How far before the first day to look for the fixing in force on it: a month, because of monthly fixings. */
const LEAD_DAYS = 35;

/** How long a finished currency of an interrupted run stays finished, in milliseconds. */
const RESUMABLE_MS = 6 * 3_600_000;

/** Request of a backfill. */
export interface BackfillRequest {
  from: CalendarDate;
  /** Default, and at most, the day before the newest sheet. */
  to?: CalendarDate | undefined;
  /** Letter codes; default every currency that the bank knows. */
  codes?: readonly string[] | undefined;
  /** Fails if another run is in progress, instead of taking over. */
  yields?: boolean | undefined;
}

/** Currency to load. */
export interface Target {
  cbr_id: string;
  code: string;
  /** The ID is not in the dictionary; the bank may not know it at all. */
  isGuess: boolean;
  /** Other currencies whose records are in its series. */
  answersFor: readonly string[];
  /** If its series is empty: the days whose daily sheets have it. */
  in_sheets?: DateRange | undefined;
}

/** Every currency of the bank's dictionary and newest sheet, and those missing from both. */
export function everyEntry(
  dictionary: readonly DictionaryEntry[],
  newest: PublishedSheet,
): DictionaryEntry[] {
  const known = new Set(dictionary.map(({ cbr_id }) => cbr_id));
  const unlisted = UNLISTED_CURRENCIES.filter(({ cbr_id }) => !known.has(cbr_id));
  return [...dictionary, ...unlisted].concat(
    newest.fixings
      .filter(({ cbr_id }) => !known.has(cbr_id))
      .map(({ cbr_id, code, num_code, name }) => ({
        ...{ cbr_id, code, num_code, name, parent_id: cbr_id, name_en: null },
      })),
  );
}

/**
 * Resolves codes to currencies to load; without codes, all. A currency whose records are in the series of another
 * one is loaded with that one.
 *
 * @param strays stored currencies that are not among the entries
 * @throws ImpossibleBackfillError for an unknown code
 */
export function targetsOf(
  entries: readonly DictionaryEntry[],
  codes: readonly string[] | undefined,
  strays: readonly StrayCurrency[] = [],
): Target[] {
  const unlisted = new Map(UNLISTED_CURRENCIES.map((currency) => [currency.cbr_id, currency]));
  const all = [
    ...entries.map(({ cbr_id, code }) => ({
      ...{ cbr_id, code, series_of: unlisted.get(cbr_id)?.series_of },
      isGuess: unlisted.has(cbr_id),
    })),
    ...strays.map(({ cbr_id, code, series_of }) => ({
      ...{ cbr_id, code, series_of: series_of ?? undefined, isGuess: true },
    })),
  ];
  const unknown = codes?.filter((code) => !all.some((each) => each.code === code)) ?? [];
  if (unknown.length > 0) {
    throw new ImpossibleBackfillError(`The bank knows no currency ${unknown.join(', ')}`);
  }
  const ids = new Set(all.map(({ cbr_id }) => cbr_id));
  const parents = [...entries.map(({ parent_id }) => parent_id), ...all.map(seriesOf)];
  const unnamed = new Set(parents.filter((id) => !ids.has(id)));
  const asked = [
    ...all,
    ...[...unnamed].map((id) => ({
      ...{ cbr_id: id, code: id, series_of: undefined, isGuess: true },
    })),
  ];
  const wanted = new Set(
    asked.filter(({ code }) => codes?.includes(code) ?? true).map((each) => seriesOf(each)),
  );
  return asked
    .filter((each) => each.series_of === undefined && wanted.has(each.cbr_id))
    .map(({ cbr_id, code, isGuess }) => ({
      ...{ cbr_id, code, isGuess, in_sheets: unlisted.get(cbr_id)?.in_sheets },
      answersFor: asked
        .filter(({ series_of }) => series_of === cbr_id)
        .map((other) => other.cbr_id),
    }));
}

function seriesOf({ cbr_id, series_of }: { cbr_id: string; series_of?: string | undefined }) {
  return series_of ?? cbr_id;
}

/**
 * Resolves the days to load. They end before the newest sheet, whose rates must still be announced as events.
 *
 * @throws ImpossibleBackfillError
 */
export function daysToLoad({ from, to }: BackfillRequest, newest: CalendarDate): DateRange {
  const last = earlier(to ?? newest, addDays(newest, -1));
  const first = later(from, FIRST_SHEET_DATE);
  if (first > last) {
    throw new ImpossibleBackfillError(
      `There is nothing to load from ${from} to ${to ?? newest}: the newest sheet is of ${newest}, the first of ${FIRST_SHEET_DATE}`,
    );
  }
  return { from: first, to: last };
}

/** Key of a request: equal for the same days and currencies. */
export function requestKey({ from, to }: DateRange, { codes }: BackfillRequest): string {
  const wanted = codes ? [...new Set(codes)].sort().join() : 'every currency';
  return `${from} ${to} ${wanted}`;
}

/**
 * Whether a finished currency of an interrupted run can be skipped. Only for hours: the bank may have corrected a
 * fixing since. An instant in the future was written before the clock was set back.
 */
export function isResumable({ finished_at }: { finished_at: Date }, now: Date): boolean {
  const ageMs = now.getTime() - finished_at.getTime();
  return ageMs >= 0 && ageMs <= RESUMABLE_MS;
}

/** Whether the last `days` before the newest sheet are loaded, as far back as the bank has data. */
export function hasLastDays(loaded: DateRange, days: number, newest: CalendarDate): boolean {
  const first = later(addDays(newest, -days), FIRST_SHEET_DATE);
  return loaded.from <= first && loaded.to >= addDays(newest, -1);
}

/** Widens the range on both sides: to find the fixing in force on its first day, and to compare with the newest sheet. */
export function daysToAsk({ from, to }: DateRange, newest: CalendarDate): DateRange {
  const isUpToNewest = to === addDays(newest, -1);
  return {
    from: later(addDays(from, -LEAD_DAYS), FIRST_SHEET_DATE),
    to: isUpToNewest ? newest : to,
  };
}

/** @throws CbrError if the answer does not cover all the days: the rest would be a silent hole */
export function requireDays({ range }: CurrencySeries, { from, to }: DateRange): void {
  if (range.from <= from && range.to >= to) return;
  const message = `The series is of ${range.from} to ${range.to}, not of all the days from ${from} to ${to}`;
  throw new CbrError('implausible_date', message);
}

/**
 * Records to store, and the range they cover. Of the days before the range only the fixing in force on its first
 * day is kept.
 *
 * @throws CbrError if the answer does not cover all the days
 */
export function storable(
  series: CurrencySeries,
  { from, to }: DateRange,
): { covered: DateRange; records: SeriesRecord[] } {
  requireDays(series, { from, to });
  const { cbr_id, records } = series;
  const leads = new Map<string, SeriesRecord>();
  for (const record of records) {
    if (record.effective_date <= from) leads.set(record.cbr_id, record);
  }
  const isWanted = (record: SeriesRecord) =>
    record.effective_date > from
      ? record.effective_date <= to
      : leads.get(record.cbr_id) === record;
  return {
    covered: { from: leads.get(cbr_id)?.effective_date ?? from, to },
    records: records.filter(isWanted),
  };
}
