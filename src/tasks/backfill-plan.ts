import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, earlier, later } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import {
  type CurrencySeries,
  type DictionaryEntry,
  FIRST_SHEET_DATE,
  type PublishedSheet,
  type SeriesRecord,
} from '../rates/model/index.js';
import { type StrayCurrency, UNLISTED_CURRENCIES } from '../rates/storage/index.js';
import { ImpossibleBackfillError } from './tasks.errors.js';

/** So far before the first day the fixing in force on it is looked for: a month, for those set monthly. */
const LEAD_DAYS = 35;

/** So long after a currency was finished an interrupted run is gone on with, in milliseconds. */
const RESUMABLE_MS = 6 * 3_600_000;

/** What to load. */
export interface BackfillRequest {
  from: CalendarDate;
  /** Default, and at most, the day before the newest sheet. */
  to?: CalendarDate | undefined;
  /** Letter codes; default every currency that the bank knows. */
  codes?: readonly string[] | undefined;
  /** Gives way to a run under way, instead of taking it over. */
  yields?: boolean | undefined;
}

/** A currency to ask about. */
export interface Target {
  cbr_id: string;
  code: string;
  /** An ID that the dictionary does not list: it may be unknown to the bank altogether. */
  isGuess: boolean;
  /** Other currencies whose records its series holds. */
  answersFor: readonly string[];
  /** Where its series is empty, it stands in daily sheets of these days alone. */
  in_sheets?: DateRange | undefined;
}

/** Everything that the bank's dictionary and its newest sheet know, and what both leave out. */
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
 * Whom to ask about for the codes; without codes about everything. A currency that the series of another
 * one holds is asked about with that one.
 *
 * @param strays currencies that are stored but that the entries leave out
 * @throws ImpossibleBackfillError for a code that no currency has
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
 * The days to load: they end before the newest sheet, so that no announcement is swallowed.
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

/** The same for every run that loads the same days of the same currencies. */
export function requestKey({ from, to }: DateRange, { codes }: BackfillRequest): string {
  const wanted = codes ? [...new Set(codes)].sort().join() : 'every currency';
  return `${from} ${to} ${wanted}`;
}

/**
 * Whether a currency that an interrupted run has finished need not be asked about again. Not for long: the
 * bank may have corrected a fixing since. An instant to come was written before the clock was set back.
 */
export function isResumable({ finished_at }: { finished_at: Date }, now: Date): boolean {
  const ageMs = now.getTime() - finished_at.getTime();
  return ageMs >= 0 && ageMs <= RESUMABLE_MS;
}

/** Whether the last days before the newest sheet are among those loaded, as far back as the bank has any. */
export function hasLastDays(loaded: DateRange, days: number, newest: CalendarDate): boolean {
  const first = later(addDays(newest, -days), FIRST_SHEET_DATE);
  return loaded.from <= first && loaded.to >= addDays(newest, -1);
}

/** The days to ask about: a little more on both sides, to find what is in force on the first, and to compare with the newest sheet. */
export function daysToAsk({ from, to }: DateRange, newest: CalendarDate): DateRange {
  const isUpToNewest = to === addDays(newest, -1);
  return {
    from: later(addDays(from, -LEAD_DAYS), FIRST_SHEET_DATE),
    to: isUpToNewest ? newest : to,
  };
}

/** @throws CbrError for an answer that is not about all the days: what it leaves out would be a silent hole */
export function requireDays({ range }: CurrencySeries, { from, to }: DateRange): void {
  if (range.from <= from && range.to >= to) return;
  const message = `The series is of ${range.from} to ${range.to}, not of all the days from ${from} to ${to}`;
  throw new CbrError('implausible_date', message);
}

/**
 * Records to store, and the range they cover: of the days before the first, the fixing in force on it alone.
 *
 * @throws CbrError for an answer that is not about all the days
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
