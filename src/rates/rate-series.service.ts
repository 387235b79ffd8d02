import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, earlier, FIRST_DAY } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { dayState } from './answerable-days.js';
import { LegTracker } from './leg-tracker.js';
import type { Known } from './known-facts.js';
import { ManualRates } from './manual-rates.js';
import type { KnownDay } from './official-in-force.js';
import type { RateRecord } from './rate-record.js';
import { isRouble } from './rouble.js';
import { fixingsOf, speakingOf, standingOf } from './series-day.js';
import { SheetCalendar } from './sheet-calendar.js';
import type { SourceChoice } from './source-choice.js';
import { speakingOnDay } from './speaking-id.js';
import { StandingRates } from './standing-rates.js';
import { byDateAndCode, type StoredVersion, type VersionScope } from './stored-version.js';

/** About how many rows are read at a time. */
const PAGE_ROWS = 1_000;
/** After so many the event loop gets its turn, whoever reads them: crosses are divided to 28 digits. */
const ROWS_AT_A_TIME = 300;
/** A sheet has fewer currencies. */
const CURRENCIES_OF_A_SHEET = 100;

/** A range of fixings, as it was asked for and found possible. */
export interface SeriesRequest {
  range: DateRange;
  /** Absent: every currency. */
  codes: readonly string[] | undefined;
  /** A letter code; either rouble is the rouble of each date. */
  quote: string;
  source: SourceChoice;
  restate: boolean;
  asOf: Date | undefined;
  known: Known;
  /** The instant to look from. */
  now: Date;
  /** Of several rates of one code and day the one alone that speaks for it. */
  isOneADay?: boolean;
}

/** Reads ranges of days, in the order of days and codes, in constant memory. */
@Injectable()
export class RateSeriesService {
  constructor(
    private readonly standing: StandingRates,
    private readonly manual: ManualRates,
    private readonly calendar: SheetCalendar,
  ) {}

  /** The fixings: a cross rate has one on every day on which one of its sides was set and the other is in force. */
  async *records(request: SeriesRequest): AsyncGenerator<RateRecord[]> {
    const tracker = await this.tracker(request);
    const { isOneADay = false, known } = request;
    const inForce = isOneADay || !isRouble(request.quote);
    for await (const window of this.windows(request, inForce)) {
      yield* inTurns(byDay(window.versions), (versions) => {
        const day = window.dayOf(versions[0].effective_date);
        const bases = versions.map((version) => tracker.advance(version));
        const wanted = isOneADay
          ? speakingOf(bases, day, tracker)
          : speakingOnDay(bases, known.lastSet);
        return fixingsOf(wanted, day, tracker, request);
      });
    }
  }

  /** One currency, a row for every day on which it was in force. */
  async *days(request: SeriesRequest): AsyncGenerator<RateRecord[]> {
    const tracker = await this.tracker(request);
    const standingOn = standingOf(tracker, request);
    for await (const { range, versions, dayOf } of this.windows(request, true)) {
      if (tracker.isEmpty && versions.length === 0) continue;
      let next = 0;
      yield* inTurns(daysOf(range), (date) => {
        for (let set = versions[next]; set?.effective_date === date; set = versions[next]) {
          tracker.advance(set);
          next += 1;
        }
        return standingOn(dayOf(date));
      });
    }
  }

  private async tracker(request: SeriesRequest): Promise<LegTracker> {
    const { range, source, known } = request;
    if (range.from === FIRST_DAY) return new LegTracker([], source);
    const [day, scope] = [addDays(range.from, -1), scopeOf(request)];
    const official =
      source === 'manual' ? [] : (await this.standing.latest(day, scope, known)).values();
    const manual = source === 'cbr' ? [] : (await this.manual.latest(day, scope)).values();
    return new LegTracker([...official, ...manual], source);
  }

  /** The range piece by piece; what tells whether a rate is in force is read where `inForce` asks for it. */
  private async *windows(request: SeriesRequest, inForce: boolean): AsyncGenerator<Window> {
    const { range: whole, asOf, known, now } = request;
    const scope = scopeOf(request);
    const windowDays = Math.floor(PAGE_ROWS / (scope.codes?.length ?? CURRENCIES_OF_A_SHEET));
    for (const range of windowsOf(whole, windowDays)) {
      const versions = await this.versions(range, request, scope);
      const newestSheet = follow(inForce ? await this.sheetsOf(range, asOf) : []);
      const dayOf = (date: CalendarDate) => {
        const newest = newestSheet(date);
        return { date, known, newestSheet: newest, ...dayState(date, newest, now) };
      };
      yield { range, versions, dayOf };
    }
  }

  private async versions(
    window: DateRange,
    { source, known }: SeriesRequest,
    scope: VersionScope,
  ): Promise<StoredVersion[]> {
    const official = source === 'manual' ? [] : await this.standing.within(window, scope, known);
    const manual = source === 'cbr' ? [] : await this.manual.within(window, scope);
    return source === 'all'
      ? [...official, ...manual].sort(byDateAndCode)
      : [...official, ...manual];
  }

  private async sheetsOf(range: DateRange, asOf: Date | undefined): Promise<CalendarDate[]> {
    const within = await this.calendar.within(range, asOf);
    if (range.from === FIRST_DAY) return within;
    const before = await this.calendar.newest(addDays(range.from, -1), asOf);
    return before === null ? within : [before, ...within];
  }
}

/** A piece of a range. */
interface Window {
  range: DateRange;
  versions: StoredVersion[];
  /** What is known of a day of it; the days that are asked about only grow. */
  dayOf: (date: CalendarDate) => KnownDay;
}

function scopeOf({ codes, quote, asOf }: SeriesRequest): VersionScope {
  const wanted = codes?.filter((code) => !isRouble(code));
  return { codes: wanted && !isRouble(quote) ? [...wanted, quote] : wanted, asOf };
}

/** The rows of each, in pages; between two the event loop gets its turn. */
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

/** The newest of the dates up to a day; the days that are asked about only grow. */
function follow(dates: readonly CalendarDate[]): (day: CalendarDate) => CalendarDate | null {
  let next = 0;
  return (day) => {
    for (let date = dates[next]; date !== undefined && date <= day; date = dates[next]) next += 1;
    return dates[next - 1] ?? null;
  };
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

function* windowsOf({ from, to }: DateRange, days: number): Generator<DateRange> {
  for (let start = from; start <= to; start = addDays(start, days)) {
    yield { from: start, to: earlier(addDays(start, days - 1), to) };
  }
}
