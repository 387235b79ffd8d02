import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { rangeAround } from '../common/date-range.js';
import { ManualRates } from './manual-rates.js';
import { coveredAround, officialStanding, speaksBefore } from './official-in-force.js';
import { OfficialRates } from './official-rates.js';
import type { RequestedDay } from './requested-day.js';
import {
  NotLoadedError,
  NotMadeError,
  NotOfTheBankError,
  NotSetError,
  UnknownCodeError,
} from './rates.errors.js';
import type { SourceChoice } from './source-choice.js';
import { MONTHLY_ENDED } from './setting-rhythm.js';
import { StandingRates } from './standing-rates.js';
import type { LatestVersions, StoredVersion, VersionScope } from './stored-version.js';

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
   * @returns UnknownCodeError, NotLoadedError, NotSetError, NotMadeError or NotOfTheBankError
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
      if (!isKnown) return new UnknownCodeError(code);
      return source === 'cbr' ? new NotOfTheBankError(code) : new NotMadeError(code, day.date);
    }
    const isCovered = ids.some((id) => coveredAround(day, id) !== undefined);
    if (!isCovered && !day.isBeforeFirstSheet) {
      return new NotLoadedError(day.date, code, day.loading);
    }
    const latest = await this.official.latest(day.date, own);
    const standings = [...latest.values()].map((versions) => officialStanding(versions, day));
    if (standings.includes('unknown')) return new NotLoadedError(day.date, code, day.loading);
    const dates = [...latest.values()].map(({ current }) => current.effective_date).sort();
    return new NotSetError(code, day.date, dates.at(-1) ?? null);
  }

  /** Why there is no rate at all on the day: NotSetError where its sheets are loaded, else NotLoadedError. */
  explainNothing(day: RequestedDay): Error {
    const isCovered = rangeAround(day.known.coverage.sheets, day.date) !== undefined;
    return day.isBeforeFirstSheet || isCovered
      ? new NotSetError(undefined, day.date, null)
      : new NotLoadedError(day.date, undefined, day.loading);
  }

  private async officialOn(day: RequestedDay, scope: VersionScope): Promise<RatesInForce> {
    const latest = await this.latest(day, scope);
    const oldest = [...latest.values()].map(({ current }) => current.effective_date).sort()[0];
    const rates = new Map<string, LatestVersions>();
    const undecided: StoredVersion[] = [];
    for (const versions of latest.values()) {
      const { current } = versions;
      const standing = officialStanding(versions, day);
      if (standing === 'unknown') undecided.push(current);
      if (standing !== 'in force') continue;
      // Two IDs may share a code.
      const other = rates.get(current.code);
      if (!other || speaksBefore(current, other.current)) rates.set(current.code, versions);
    }
    for (const version of undecided) {
      const other = rates.get(version.code);
      if (other && speaksBefore(version, other.current)) rates.delete(version.code);
    }
    const { held } = day.known;
    const isHeld = ({ current: { cbr_id, effective_date } }: LatestVersions) =>
      held.newest(cbr_id, effective_date, day.date) !== null;
    const quarantined = [...rates].filter(([, versions]) => isHeld(versions)).map(([code]) => code);
    const notLoaded = new Set(codesWithout(day, oldest ?? day.date));
    for (const { code } of undecided) notLoaded.add(code);
    return {
      rates,
      notLoaded: [...notLoaded].filter((code) => !rates.has(code)).sort(),
      quarantined: quarantined.sort(),
    };
  }

  /**
   * Every fixing that may be in force. Where the sheets around the day are loaded whole, and nothing is
   * set monthly any more, that is what the newest of them has.
   */
  private latest(day: RequestedDay, scope: VersionScope): Promise<Map<string, LatestVersions>> {
    const { date, newestSheet, known } = day;
    const isWhole =
      newestSheet !== null &&
      date >= MONTHLY_ENDED &&
      rangeAround(known.coverage.sheets, date) !== undefined;
    if (!isWhole || scope.codes || scope.asOf) return this.standing.latest(date, scope, known);
    return this.standing.ofSheet(newestSheet, date, known);
  }
}

/** Codes that are not covered on the day; for today, whose last covered days may do, not since `oldest`. */
function codesWithout(day: RequestedDay, oldest: CalendarDate): string[] {
  const { coverage, currencies } = day.known;
  if (day.date >= MONTHLY_ENDED && rangeAround(coverage.sheets, day.date)) return [];
  const isMissing = ({ cbr_id }: { cbr_id: string }) => {
    const range = coveredAround(day, cbr_id);
    return !range || range.to < oldest;
  };
  return [...new Set(currencies.all.filter(isMissing).map(({ code }) => code))].sort();
}
