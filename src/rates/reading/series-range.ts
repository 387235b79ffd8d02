import { Injectable } from '@nestjs/common';
import { type CalendarDate, later, moscowDate } from '../../common/calendar-date.js';
import { type DateRange, joined } from '../../common/date-range.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import {
  FIRST_SHEET_DATE,
  lastPublishedDay,
  type LoadingState,
  NotLoadedError,
  type SourceChoice,
  UnknownCodeError,
} from '../model/index.js';
import type { BookView } from '../book/index.js';
import {
  answeredDays,
  firstMissingDay,
  isHole,
  type RangeEnd,
  startOfLoaded,
} from './loaded-days.js';
import { rejectLater, RequestedDays } from './requested-day.js';

/** Requested range. */
interface WantedRange {
  from: CalendarDate | undefined;
  to: CalendarDate | undefined;
  /** Currencies, without roubles; undefined: all. */
  codes: readonly string[] | undefined;
  /** Quote of cross rates; undefined: the rouble. */
  quote: string | undefined;
  source: SourceChoice;
  asOf: Date | undefined;
  /** Whether rates are carried to days without a fixing, which requires to know until when each is valid. */
  isCarried: boolean;
}

/** Gapless range, and the data loaded for it. */
export interface LoadedRange {
  range: DateRange;
  known: BookView;
  /** The instant of the view. */
  now: Date;
  /** Codes, the quote included, that are not loaded for the whole range; their missing days have no rows. */
  notLoaded: string[];
}

/** Resolves a requested range to one that is loaded completely, or reports what is missing. */
@Injectable()
export class SeriesRanges {
  constructor(private readonly days: RequestedDays) {}

  /**
   * Without `from`: everything loaded without a gap up to `to`. Without `to`: up to the newest day.
   *
   * @throws InvalidRequestError, UnknownCodeError, NotLoadedError
   */
  resolve(wanted: WantedRange): LoadedRange {
    const { from, to, codes, quote, source, asOf, isCarried } = wanted;
    const known = this.days.viewAt(asOf);
    const view = { asOf, now: this.days.now(asOf) };
    const end = to ?? lastPublishedDay(known.newestSheet, view.now);
    rejectLater(end, 'to', known, view);
    if (from !== undefined && from > end) {
      throw InvalidRequestError.of('from', `from must not be later than ${end}`);
    }
    const named = [...(codes ?? []), ...(quote === undefined ? [] : [quote])];
    rejectUnknown(named, known);
    if (source === 'manual') {
      const first = from ?? known.manual.firstDate(codes) ?? end;
      return { range: { from: first, to: end }, known, now: view.now, notLoaded: [] };
    }
    const open = this.days.open(known, view);
    const loading = {
      ...{ known, error: this.days.loading(known, view) },
      end: { to: end, today: moscowDate(view.now), open },
      // In a listing without codes only the quote is carried.
      isCarried: (code: string) => isCarried && (codes !== undefined || code === quote),
    };
    const range = rangeOf({ from, codes: codes && named }, loading);
    const asked = codes ? named : [...known.currencies.codes, ...named];
    if (!codes && quote !== undefined) rejectNotLoaded(quote, range, loading);
    return { range, known, now: view.now, notLoaded: codesNotLoaded(asked, range, loading) };
  }
}

/** @throws UnknownCodeError */
function rejectUnknown(codes: readonly string[], { currencies, manual }: BookView): void {
  for (const code of codes) {
    const isKnown = currencies.idsOf(code).length > 0 || manual.firstDate([code]) !== null;
    if (!isKnown) throw new UnknownCodeError(code);
  }
}

/** Loaded data up to the end of a range. */
interface Loading {
  known: BookView;
  end: RangeEnd;
  error: LoadingState;
  isCarried: (code: string) => boolean;
}

/** The range from its first day, given or found; a gap in the requested range is an error. */
function rangeOf(
  { from, codes }: Pick<WantedRange, 'from' | 'codes'>,
  loading: Loading,
): DateRange {
  const { end, error } = loading;
  const sides = codes
    ? codes.filter((code) => isOfTheBank(code, loading)).map((code) => ({ code }))
    : [{ code: undefined }];
  let range: DateRange = { from: from ?? FIRST_SHEET_DATE, to: end.to };
  for (const { code } of sides) {
    const loaded = loadedDays(code, loading);
    if (from === undefined) {
      const start = startOfLoaded(loaded, end);
      if (start === undefined) throw new NotLoadedError(end.to, code, error);
      range = { ...range, from: later(range.from, start) };
    } else {
      const missing = firstMissingDay(loaded, range.from, end);
      if (missing !== undefined && isHole(missing, loaded, end)) {
        throw new NotLoadedError(missing, code, error);
      }
    }
  }
  return range;
}

/** @throws NotLoadedError if no day of the range can be answered in that quote */
function rejectNotLoaded(quote: string, { from, to }: DateRange, loading: Loading): void {
  const start = later(from, FIRST_SHEET_DATE);
  if (start > to || !isOfTheBank(quote, loading)) return;
  const answered = answeredDays(loadedDays(quote, loading), loading.end);
  if (answered.some((days) => days.from <= to && days.to >= start)) return;
  throw new NotLoadedError(start, quote, loading.error);
}

/** Codes with missing days in the range. */
function codesNotLoaded(codes: readonly string[], range: DateRange, loading: Loading): string[] {
  const missing = codes.filter(
    (code) =>
      isOfTheBank(code, loading) &&
      firstMissingDay(loadedDays(code, loading), range.from, loading.end) !== undefined,
  );
  return [...new Set(missing)].sort();
}

function isOfTheBank(code: string, { known }: Loading): boolean {
  return known.currencies.idsOf(code).length > 0;
}

/** Loaded days of a code, or of any currency. */
function loadedDays(code: string | undefined, { known, end, isCarried }: Loading): DateRange[] {
  const coverage = known.coverage.upTo(end.to);
  if (code === undefined) return coverage.any;
  const daysOf = (id: string) => (isCarried(code) ? coverage.decided(id) : coverage.of(id));
  return joined(known.currencies.idsOf(code).flatMap(daysOf));
}
