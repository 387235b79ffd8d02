import { Injectable } from '@nestjs/common';
import { rangeAround } from '../common/date-range.js';
import { ManualRates } from './manual-rates.js';
import { coveredAround, officialStanding } from './official-in-force.js';
import { OfficialRates } from './official-rates.js';
import { rateInForce } from './rate-in-force.js';
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
import type { LatestVersions, VersionScope } from './stored-version.js';

/** What is in force on a day: by code, one rate each. */
export interface RatesInForce {
  rates: Map<string, LatestVersions>;
  /** Codes that the bank was not asked about for that day; nothing is said about them. */
  notLoaded: string[];
  /** Codes whose rate is carried on because the bank's own figure of a later day is held. */
  quarantined: string[];
}

type ById = ReadonlyMap<string, LatestVersions>;
const NOTHING: ById = new Map();

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
    const official = source === 'manual' ? NOTHING : await this.latest(day, scope);
    const manual = source === 'cbr' ? NOTHING : await this.manual.latest(day.date, scope);
    const ended = source === 'all' ? await this.ended(day, { official, manual }, scope) : NOTHING;
    const byCode = groupedByCode([...official.values(), ...ended.values()]);
    const rates = new Map<string, LatestVersions>();
    const undecided: string[] = [];
    for (const code of new Set([...byCode.keys(), ...manual.keys()])) {
      const candidates = { official: byCode.get(code) ?? [], manual: manual.get(code) };
      const found = rateInForce(candidates, day, source);
      if (found === 'unknown') undecided.push(code);
      else if (found) rates.set(code, found);
    }
    if (source === 'manual') return { rates, notLoaded: [], quarantined: [] };
    const missing = codesWithout(day, official).filter((code) => !rates.has(code));
    const notLoaded = [...new Set([...missing, ...undecided])].sort();
    return { rates, notLoaded, quarantined: heldAmong(rates, day) };
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

  /** The last fixings of currencies that are set no longer: they end people's rates of before them. */
  private async ended(
    day: RequestedDay,
    { official, manual }: Record<'official' | 'manual', ById>,
    { asOf }: VersionScope,
  ): Promise<ById> {
    const known = new Set([...official.values()].map(({ current }) => current.code));
    const codes = [...manual.keys()].filter(
      (code) => !known.has(code) && day.known.currencies.idsOf(code).length > 0,
    );
    return codes.length === 0 ? NOTHING : this.official.latest(day.date, { codes, asOf });
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

function groupedByCode(all: readonly LatestVersions[]): Map<string, LatestVersions[]> {
  const byCode = new Map<string, LatestVersions[]>();
  for (const versions of all) {
    const others = byCode.get(versions.current.code);
    if (others) others.push(versions);
    else byCode.set(versions.current.code, [versions]);
  }
  return byCode;
}

/** Codes whose rate in force is carried on although the bank has sent a newer figure, which is held. */
function heldAmong(rates: ById, { date, known }: RequestedDay): string[] {
  const isHeld = ({ current: { cbr_id, effective_date, source } }: LatestVersions) =>
    source === 'cbr' && known.held.newest(cbr_id, effective_date, date) !== null;
  return [...rates].flatMap(([code, versions]) => (isHeld(versions) ? [code] : [])).sort();
}

/** Codes that are not covered on the day; for an open one, whose last covered days may do, not since the oldest. */
function codesWithout(day: RequestedDay, latest: ById): string[] {
  const { coverage, currencies } = day.known;
  if (day.date >= MONTHLY_ENDED && rangeAround(coverage.sheets, day.date)) return [];
  const dates = [...latest.values()].map(({ current }) => current.effective_date);
  const oldest = dates.sort()[0] ?? day.date;
  const isMissing = ({ cbr_id }: { cbr_id: string }) => {
    const range = coveredAround(day, cbr_id);
    return !range || range.to < oldest;
  };
  return [...new Set(currencies.all.filter(isMissing).map(({ code }) => code))].sort();
}
