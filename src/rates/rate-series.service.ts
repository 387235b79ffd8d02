import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, earlier } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { HeldDays } from './held-days.js';
import type { SheetsKnown } from './in-force.js';
import { LegTracker } from './leg-tracker.js';
import type { Known } from './known-facts.js';
import { ManualRates } from './manual-rates.js';
import { positionOf } from './page-position.js';
import { type Leg, type RateRecord, rateRecord } from './rate-record.js';
import { isRouble } from './rouble.js';
import { SheetCalendar } from './sheet-calendar.js';
import type { SourceChoice } from './source-choice.js';
import { StandingRates } from './standing-rates.js';
import {
  byDateAndCode,
  type LatestVersions,
  type StoredVersion,
  type VersionScope,
} from './stored-version.js';

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
}

/** Reads the fixings of a range of days, in the order of days and codes, in constant memory. */
@Injectable()
export class RateSeriesService {
  constructor(
    private readonly standing: StandingRates,
    private readonly manual: ManualRates,
    private readonly calendar: SheetCalendar,
  ) {}

  /** A cross rate has a fixing on every day on which one of its sides was set and the other is in force. */
  async *records(request: SeriesRequest): AsyncGenerator<RateRecord[]> {
    const { codes, quote, asOf, range, known } = request;
    const isCross = !isRouble(quote);
    const wanted = codes?.filter((code) => !isRouble(code));
    const scope = { codes: wanted && isCross ? [...wanted, quote] : wanted, asOf };
    const tracker = new LegTracker(
      await this.before(request, scope),
      isCross ? known.held : HeldDays.NONE,
    );
    const windowDays = Math.floor(PAGE_ROWS / (scope.codes?.length ?? CURRENCIES_OF_A_SHEET));
    for (const window of windowsOf(range, windowDays)) {
      const versions = await this.versions(window, request, scope);
      const sheets = isCross ? await this.sheetsOf(window, asOf) : NO_SHEETS;
      let page: RateRecord[] = [];
      for (const day of byDay(versions)) {
        if (page.length >= ROWS_AT_A_TIME) {
          yield page;
          page = [];
          await nextTurn();
        }
        page.push(...recordsOfDay(day, tracker, sheets, request));
      }
      yield page;
    }
  }

  private async before(
    { range, source, known }: SeriesRequest,
    scope: VersionScope,
  ): Promise<LatestVersions[]> {
    const day = addDays(range.from, -1);
    const official =
      source === 'manual' ? [] : (await this.standing.latest(day, scope, known)).values();
    const manual = source === 'cbr' ? [] : (await this.manual.latest(day, scope)).values();
    return [...official, ...manual];
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

  private async sheetsOf(window: DateRange, asOf: Date | undefined): Promise<SheetDates> {
    const before = await this.calendar.newest(addDays(window.from, -1), asOf);
    const within = await this.calendar.within(window, asOf);
    return before === null ? within : [before, ...within];
  }
}

type SheetDates = readonly CalendarDate[];
const NO_SHEETS: SheetDates = [];

function recordsOfDay(
  versions: readonly StoredVersion[],
  tracker: LegTracker,
  sheets: SheetDates,
  { codes, quote, restate }: SeriesRequest,
): RateRecord[] {
  const bases = versions.map((version) => tracker.advance(version));
  const day = versions[0]?.effective_date;
  if (day === undefined) return [];
  const request = { requested_date: day, restate };
  if (isRouble(quote)) return bases.map((base) => rateRecord(base, 'rouble', request));
  const known: SheetsKnown = { newest: newestUpTo(sheets, day), completeTo: null };
  const quoteLeg = tracker.inForce(quote, day, known);
  if (!quoteLeg) return [];
  const legs: Leg[] = bases.filter(({ current }) => current.code !== quote);
  // The quote alone was set: the others, carried, have another rate in it from this day on.
  if (codes && quoteLeg.current.effective_date === day) {
    for (const code of codes) {
      if (isRouble(code)) legs.push('rouble');
      else if (!bases.some(({ current }) => current.code === code)) {
        const carried = tracker.inForce(code, day, known);
        if (carried) legs.push(carried);
      }
    }
  }
  const records = legs.map((base) => rateRecord(base, quoteLeg, request));
  return records.sort((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1));
}

function newestUpTo(sheets: SheetDates, day: CalendarDate): CalendarDate | null {
  return sheets.findLast((date) => date <= day) ?? null;
}

function* byDay(versions: readonly StoredVersion[]): Generator<StoredVersion[]> {
  let start = 0;
  for (let end = 1; end <= versions.length; end++) {
    if (versions[end]?.effective_date === versions[start]?.effective_date) continue;
    yield versions.slice(start, end);
    start = end;
  }
}

function* windowsOf({ from, to }: DateRange, days: number): Generator<DateRange> {
  for (let start = from; start <= to; start = addDays(start, days)) {
    yield { from: start, to: earlier(addDays(start, days - 1), to) };
  }
}
