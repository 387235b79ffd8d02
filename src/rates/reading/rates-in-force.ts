import { rangeAround } from '../../common/date-range.js';
import { coveredAround, officialStanding } from './official-in-force.js';
import { rateInForce } from './rate-in-force.js';
import type { RequestedDay } from './requested-day.js';
import {
  type LatestVersions,
  MONTHLY_ENDED,
  NotLoadedError,
  NotMadeError,
  NotOfTheBankError,
  NotSetError,
  type SourceChoice,
  UnknownCodeError,
} from '../model/index.js';

/** Rates in force on a day, one per code. */
export interface RatesInForce {
  rates: Map<string, LatestVersions>;
  /** Codes whose day is not loaded; they have no rate. */
  notLoaded: string[];
  /** Codes whose rate is carried because a later fixing of the bank is held. */
  quarantined: string[];
}

type ById = ReadonlyMap<string, LatestVersions>;
const NOTHING: ById = new Map();
type Codes = readonly string[] | undefined;

/** All rates in force on a day, optionally restricted to `codes`; codes without a rate are omitted. */
export function ratesInForce(day: RequestedDay, source: SourceChoice, codes: Codes): RatesInForce {
  const { date, known } = day;
  const official = source === 'manual' ? NOTHING : known.official.latest(date, codes);
  const manual = source === 'cbr' ? NOTHING : known.manual.latest(date, codes);
  const byCode = groupedByCode([...official.values()]);
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
 * Explains why `code` has no rate in force on the day.
 *
 * @returns UnknownCodeError, NotLoadedError, NotSetError, NotMadeError or NotOfTheBankError
 */
export function explainMissing(code: string, day: RequestedDay, source: SourceChoice): Error {
  const { known, loading } = day;
  const ids = known.currencies.idsOf(code);
  if (source === 'manual' || ids.length === 0) {
    const isKnown = ids.length > 0 || known.manual.firstDate([code]) !== null;
    if (!isKnown) return new UnknownCodeError(code);
    return source === 'cbr' ? new NotOfTheBankError(code) : new NotMadeError(code, day.date);
  }
  const isCovered = ids.every((id) => coveredAround(day, id) !== undefined);
  if (!isCovered && !day.isBeforeFirstSheet) return new NotLoadedError(day.date, code, loading);
  const latest = [...known.official.latest(day.date, [code]).values()];
  const standings = latest.map((versions) => officialStanding(versions, day));
  // One in force is missing only if a later fixing may be.
  if (standings.some((standing) => standing !== 'ended'))
    return new NotLoadedError(day.date, code, loading);
  const dates = latest.map(({ current }) => current.effective_date).sort();
  return new NotSetError(code, day.date, dates.at(-1) ?? null);
}

/** Explains why there is no rate at all on the day: NotSetError if its sheets are loaded, otherwise NotLoadedError. */
export function explainNothing(day: RequestedDay): Error {
  const isCovered = rangeAround(day.known.coverage.sheets, day.date) !== undefined;
  return day.isBeforeFirstSheet || isCovered
    ? new NotSetError(undefined, day.date, null)
    : new NotLoadedError(day.date, undefined, day.loading);
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

/** Codes whose rate in force is carried although the bank has published a newer fixing, which is held. */
function heldAmong(rates: ById, { date, known }: RequestedDay): string[] {
  if (known.held.isEmpty) return [];
  const isHeld = ({ current: { cbr_id, effective_date, source } }: LatestVersions) =>
    source === 'cbr' && known.held.newest(cbr_id, effective_date, date) !== null;
  return [...rates].flatMap(([code, versions]) => (isHeld(versions) ? [code] : [])).sort();
}

/** Codes that are not covered on the day; on an open day, not since the oldest rate in force. */
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
