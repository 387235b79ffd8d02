import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, type CalendarDate, earlier, FIRST_DAY } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import {
  byDateAndCode,
  dayState,
  isRouble,
  type SourceChoice,
  withPrecedence,
  type StoredVersion,
} from '../model/index.js';
import { LegTracker } from './leg-tracker.js';
import type { BookView } from '../book/index.js';
import type { KnownDay } from './official-in-force.js';
import type { RateRecord } from './rate-record.dto.js';
import { carriedRecords, fixingsOf, preferredOf } from './series-day.js';

/** Approximate page size of a read. */
const PAGE_ROWS = 1_000;
/** Rows between yields to the event loop: cross rates are divided to 28 digits. */
const ROWS_AT_A_TIME = 300;
/** Upper bound for the currencies of a sheet. */
const CURRENCIES_OF_A_SHEET = 100;

/** A resolved range of fixings. */
export interface SeriesRequest {
  range: DateRange;
  /** undefined: every currency. */
  codes: readonly string[] | undefined;
  /** Letter code; either rouble means the rouble of each date. */
  quote: string;
  source: SourceChoice;
  restate: boolean;
  known: BookView;
  /** The instant of the view. */
  now: Date;
  /** Returns one rate per code and day: the one with precedence. */
  onePerCode?: boolean;
}

/**
 * Fixings of a range, ordered by day and code, in constant memory. A cross rate exists on every day on which one side
 * was set and the other is in force.
 */
export async function* fixingsIn(request: SeriesRequest): AsyncGenerator<RateRecord[]> {
  const tracker = trackerBefore(request);
  const { onePerCode = false, known } = request;
  for (const window of windowsOf(request)) {
    yield* inTurns(byDay(window.versions), (versions) => {
      const day = window.dayOf(versions[0].effective_date);
      const bases = versions.map((version) => tracker.advance(version));
      const wanted = onePerCode
        ? preferredOf(bases, day, tracker)
        : withPrecedence(bases, known.lastSet);
      return fixingsOf(wanted, day, tracker, request);
    });
  }
}

/** One currency, with a row for every day on which it was in force. */
export async function* daysIn(request: SeriesRequest): AsyncGenerator<RateRecord[]> {
  const tracker = trackerBefore(request);
  const recordOn = carriedRecords(tracker, request);
  for (const { range, versions, dayOf } of windowsOf(request)) {
    if (tracker.isEmpty && versions.length === 0) continue;
    let next = 0;
    yield* inTurns(daysOf(range), (date) => {
      for (let set = versions[next]; set?.effective_date === date; set = versions[next]) {
        tracker.advance(set);
        next += 1;
      }
      return recordOn(dayOf(date));
    });
  }
}

/** Tracker with the rates before the first day. */
function trackerBefore(request: SeriesRequest): LegTracker {
  const { range, source, known } = request;
  if (range.from === FIRST_DAY) return new LegTracker([], source);
  const [day, codes] = [addDays(range.from, -1), codesOf(request)];
  const official = source === 'manual' ? [] : known.official.latest(day, codes).values();
  const manual = source === 'cbr' ? [] : known.manual.latest(day, codes).values();
  return new LegTracker([...official, ...manual], source);
}

/** Splits the range into windows. */
function* windowsOf(request: SeriesRequest): Generator<Window> {
  const { range: whole, known, now } = request;
  const codes = codesOf(request);
  const windowDays = Math.floor(PAGE_ROWS / (codes?.length ?? CURRENCIES_OF_A_SHEET));
  for (const range of piecesOf(whole, windowDays)) {
    const dayOf = (date: CalendarDate) => {
      const newestSheet = known.sheets.newest(date);
      return { date, known, newestSheet, ...dayState(date, newestSheet, now) };
    };
    yield { range, versions: versionsIn(range, codes, request), dayOf };
  }
}

function versionsIn(
  range: DateRange,
  codes: readonly string[] | undefined,
  { source, known }: SeriesRequest,
): StoredVersion[] {
  const official = source === 'manual' ? [] : known.official.within(range, codes);
  const manual = source === 'cbr' ? [] : known.manual.within(range, codes);
  if (official.length === 0 || manual.length === 0) return [...official, ...manual];
  return [...official, ...manual].sort(byDateAndCode);
}

/** A part of a range. */
interface Window {
  range: DateRange;
  versions: StoredVersion[];
  /** Facts about a day of it. */
  dayOf: (date: CalendarDate) => KnownDay;
}

/** Codes to read: the requested ones, and the quote. */
function codesOf({ codes, quote }: SeriesRequest): string[] | undefined {
  const wanted = codes?.filter((code) => !isRouble(code));
  return wanted && !isRouble(quote) ? [...wanted, quote] : wanted;
}

/** Collects rows in pages, and yields to the event loop between them. */
async function* inTurns<Each>(
  all: Iterable<Each>,
  rowsOf: (each: Each) => RateRecord[],
): AsyncGenerator<RateRecord[]> {
  let page: RateRecord[] = [];
  for (const each of all) {
    if (page.length >= ROWS_AT_A_TIME) {
      yield page;
      page = [];
      await nextTurn();
    }
    page.push(...rowsOf(each));
  }
  yield page;
}

function* byDay(
  versions: readonly StoredVersion[],
): Generator<[StoredVersion, ...StoredVersion[]]> {
  let start = 0;
  for (let end = 1; end <= versions.length; end++) {
    if (versions[end]?.effective_date === versions[start]?.effective_date) continue;
    const [first, ...others] = versions.slice(start, end);
    if (first) yield [first, ...others];
    start = end;
  }
}

function* daysOf({ from, to }: DateRange): Generator<CalendarDate> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}

function* piecesOf({ from, to }: DateRange, days: number): Generator<DateRange> {
  for (let start = from; start <= to; start = addDays(start, days)) {
    yield { from: start, to: earlier(addDays(start, days - 1), to) };
  }
}
