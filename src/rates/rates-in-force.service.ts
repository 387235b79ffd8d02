import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { type DateRange, rangeAround } from '../common/date-range.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';
import { isInForce, LAST_MONTH_ENDED, MONTHLY_ENDED } from './in-force.js';
import { ManualRates } from './manual-rates.js';
import { OfficialRates } from './official-rates.js';
import type { RequestedDay } from './requested-day.js';
import { NotLoadedError, NotSetError, UnknownCodeError } from './rates.errors.js';
import type { SourceChoice } from './source-choice.js';
import { StandingRates } from './standing-rates.js';
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
    private readonly standing: StandingRates,
    private readonly manual: ManualRates,
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
    const ids = day.known.currencies.idsOf(code);
    if (source === 'manual' || ids.length === 0) {
      const isKnown = ids.length > 0 || (await this.manual.firstDate(own)) !== null;
      return isKnown ? new NotSetError(code, day.date, null) : new UnknownCodeError(code);
    }
    const days = coveredDays(day, FIRST_SHEET_DATE);
    const isCovered = ids.some((id) => days(id) !== undefined);
    if (!isCovered && !day.isBeforeFirstSheet) return new NotLoadedError(day.date, code);
    const latest = await this.official.latest(day.date, own);
    const dates = [...latest.values()].map(({ current }) => current.effective_date).sort();
    return new NotSetError(code, day.date, dates.at(-1) ?? null);
  }

  /** Why there is no rate at all on the day: NotLoadedError or NotSetError. */
  explainNothing(day: RequestedDay): Error {
    const isCovered = rangeAround(day.known.coverage.any, day.date) !== undefined;
    const isKnown = day.isBeforeFirstSheet || isCovered;
    return isKnown ? new NotSetError(undefined, day.date, null) : new NotLoadedError(day.date);
  }

  private async officialOn(day: RequestedDay, scope: VersionScope): Promise<RatesInForce> {
    const { coverage, held: heldDays } = day.known;
    const latest = await this.latest(day, scope);
    const oldest = [...latest.values()].map(({ current }) => current.effective_date).sort()[0];
    const days = coveredDays(day, oldest ?? day.date);
    const nextDates = await this.nextDates(day, latest, scope);
    const rates = new Map<string, LatestVersions>();
    const quarantined = new Set<string>();
    for (const [id, versions] of latest) {
      const { code, effective_date: date } = versions.current;
      const range = days(id);
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
    const notLoaded = codesWithout(days, day);
    return { rates, notLoaded, quarantined: [...quarantined].sort() };
  }

  /**
   * Every fixing that may be in force. Where the sheets around the day are loaded whole, and nothing is
   * set monthly any more, that is what the newest of them has.
   */
  private latest(day: RequestedDay, scope: VersionScope): Promise<Map<string, LatestVersions>> {
    const { date, newestSheet, known } = day;
    const isWhole =
      newestSheet !== null &&
      date >= LAST_MONTH_ENDED &&
      rangeAround(known.coverage.sheets, date) !== undefined;
    if (!isWhole || scope.codes || scope.asOf) return this.standing.latest(date, scope, known);
    return this.standing.ofSheet(newestSheet, date, known);
  }

  /** A later fixing tells whether a currency was set monthly; it matters before 2010 alone. */
  private nextDates(
    day: RequestedDay,
    latest: Map<string, LatestVersions>,
    scope: VersionScope,
  ): Promise<Map<string, CalendarDate>> {
    if (day.date >= LAST_MONTH_ENDED) return Promise.resolve(new Map<string, CalendarDate>());
    const isOpen = ({ current }: LatestVersions) =>
      current.effective_date < MONTHLY_ENDED && current.effective_date !== day.newestSheet;
    const ids = [...latest].filter(([, versions]) => isOpen(versions)).map(([id]) => id);
    return this.official.nextDates(day.date, ids, scope);
  }
}

/** Finds the days covered for a currency that hold a day. */
type CoveredDays = (cbr_id: string) => DateRange | undefined;

/** For today, whose sheet may not be out, the last ones covered, where they are not over before `oldest`. */
function coveredDays({ date, isToday, known }: RequestedDay, oldest: CalendarDate): CoveredDays {
  const coverage = isToday ? known.coverage.upTo(date) : known.coverage;
  return (cbr_id) => {
    const ranges = coverage.of(cbr_id);
    const range = rangeAround(ranges, date) ?? (isToday ? ranges.at(-1) : undefined);
    return range && range.to >= oldest ? range : undefined;
  };
}

function codesWithout(days: CoveredDays, { date, known }: RequestedDay): string[] {
  if (rangeAround(known.coverage.sheets, date)) return [];
  const missing = known.currencies.all.filter(({ cbr_id }) => !days(cbr_id));
  return [...new Set(missing.map(({ code }) => code))].sort();
}
