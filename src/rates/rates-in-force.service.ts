import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { type DateRange, rangeAround } from '../common/date-range.js';
import { type Coverage, CoverageBook } from './coverage-book.js';
import { CurrencyQueries } from './currency.queries.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';
import { isInForce, MONTHLY_ENDED } from './in-force.js';
import { ManualRates } from './manual-rates.js';
import { OfficialRates } from './official-rates.js';
import type { RequestedDay } from './requested-day.js';
import { NotLoadedError, NotSetError, UnknownCodeError } from './rates.errors.js';
import { SheetCalendar } from './sheet-calendar.js';
import type { SourceChoice } from './source-choice.js';
import type { LatestVersions, VersionScope } from './stored-version.js';

/** What is in force on a day: by code, one rate each. */
export interface RatesInForce {
  rates: Map<string, LatestVersions>;
  /** Codes that the bank was not asked about for that day; nothing is said about them. */
  notLoaded: string[];
  /** Codes whose rate is carried on because the bank's own figure of a later day is held. */
  quarantined: string[];
}

/** Finds the rates in force on a day: honest about what is not loaded, not set yet, and no longer set. */
@Injectable()
export class RatesInForceService {
  constructor(
    private readonly official: OfficialRates,
    private readonly manual: ManualRates,
    private readonly coverageBook: CoverageBook,
    private readonly currencies: CurrencyQueries,
    private readonly calendar: SheetCalendar,
  ) {}

  /** Every rate in force among the codes of the scope; codes without one are left out. */
  async on(day: RequestedDay, source: SourceChoice, scope: VersionScope): Promise<RatesInForce> {
    const none: RatesInForce = { rates: new Map(), notLoaded: [], quarantined: [] };
    const official = source === 'manual' ? none : await this.officialOn(day, scope);
    if (source === 'cbr') return official;
    const rates = official.rates;
    for (const [code, versions] of await this.manual.latest(day.date, scope)) {
      const other = rates.get(code)?.current.effective_date;
      if (other === undefined || versions.current.effective_date >= other)
        rates.set(code, versions);
    }
    return {
      rates,
      notLoaded: official.notLoaded.filter((code) => !rates.has(code)),
      quarantined: official.quarantined.filter(
        (code) => rates.get(code)?.current.source !== 'manual',
      ),
    };
  }

  /**
   * Why `code` has no rate in force on the day.
   *
   * @returns UnknownCodeError, NotLoadedError or NotSetError
   */
  async explain(
    code: string,
    day: RequestedDay,
    source: SourceChoice,
    scope: VersionScope,
  ): Promise<Error> {
    const own = { ...scope, codes: [code] };
    const ids = await this.currencies.idsOf(code);
    if (source === 'manual' || ids.length === 0) {
      const isKnown = ids.length > 0 || (await this.manual.firstDate(own)) !== null;
      return isKnown ? new NotSetError(code, day.date, null) : new UnknownCodeError(code);
    }
    const days = { from: day.isToday ? FIRST_SHEET_DATE : day.date, to: day.date };
    const coverage = await this.coverageBook.touching(days, scope.asOf);
    const isCovered = ids.some((id) => coveredRange(coverage, id, day) !== undefined);
    if (!isCovered && !day.isBeforeFirstSheet) return new NotLoadedError(day.date, code);
    const latest = await this.official.latest(day.date, own);
    const dates = [...latest.values()].map(({ current }) => current.effective_date).sort();
    return new NotSetError(code, day.date, dates.at(-1) ?? null);
  }

  /** Why there is no rate at all on the day: NotLoadedError or NotSetError. */
  async explainNothing(day: RequestedDay, { asOf }: VersionScope): Promise<Error> {
    const coverage = await this.coverageBook.touching({ from: day.date, to: day.date }, asOf);
    const isKnown = day.isBeforeFirstSheet || coverage.any.length > 0;
    return isKnown ? new NotSetError(undefined, day.date, null) : new NotLoadedError(day.date);
  }

  private async officialOn(day: RequestedDay, scope: VersionScope): Promise<RatesInForce> {
    const latest = await this.official.latest(day.date, scope);
    const oldest = [...latest.values()].map(({ current }) => current.effective_date).sort()[0];
    const coverage = await this.coverageBook.touching(
      { from: oldest ?? day.date, to: day.date },
      scope.asOf,
    );
    const nextDates = await this.nextDates(day, latest, scope);
    const heldDays = await this.calendar.held(scope.asOf);
    const rates = new Map<string, LatestVersions>();
    const quarantined = new Set<string>();
    for (const [id, versions] of latest) {
      const { code, effective_date: date } = versions.current;
      const range = coveredRange(coverage, id, day);
      if (!range || date < range.from) continue;
      const fixing = {
        date,
        previous: versions.previous?.effective_date ?? null,
        next: nextDates.get(id) ?? null,
        held: heldDays.newest(id, date, day.date),
      };
      const at = range.to < day.date ? range.to : day.date;
      const completeTo = rangeAround(coverage.sheets, date)?.to ?? null;
      if (!isInForce(fixing, at, { newest: day.newestSheet, completeTo })) continue;
      // Two IDs may share a code; the one that was set last speaks for it.
      const other = rates.get(code)?.current.effective_date;
      if (other !== undefined && other >= date) continue;
      rates.set(code, versions);
      if (fixing.held === null) quarantined.delete(code);
      else quarantined.add(code);
    }
    const notLoaded = await this.notLoaded(coverage, day);
    return { rates, notLoaded, quarantined: [...quarantined].sort() };
  }

  /** A later fixing tells whether a currency was set monthly; it matters before 2010 alone. */
  private nextDates(
    day: RequestedDay,
    latest: Map<string, LatestVersions>,
    scope: VersionScope,
  ): Promise<Map<string, CalendarDate>> {
    const isOpen = ({ current }: LatestVersions) =>
      current.effective_date < MONTHLY_ENDED && current.effective_date !== day.newestSheet;
    const ids = [...latest].filter(([, versions]) => isOpen(versions)).map(([id]) => id);
    return this.official.nextDates(day.date, ids, scope);
  }

  private async notLoaded(coverage: Coverage, day: RequestedDay): Promise<string[]> {
    if (rangeAround(coverage.sheets, day.date)) return [];
    const known = await this.currencies.idsAndCodes();
    const missing = known.filter(({ cbr_id }) => !coveredRange(coverage, cbr_id, day));
    return [...new Set(missing.map(({ code }) => code))].sort();
  }
}

/** The covered days that hold the day; for today, whose sheet may not be out, the last ones covered. */
function coveredRange(
  coverage: Coverage,
  id: string,
  { date, isToday }: RequestedDay,
): DateRange | undefined {
  const ranges = coverage.of(id);
  return rangeAround(ranges, date) ?? (isToday ? ranges.at(-1) : undefined);
}
