import type { LegTracker } from './leg-tracker.js';
import type { KnownDay } from './official-in-force.js';
import { sortKeyOf } from './page-position.js';
import type { RateRecord } from './rate-record.dto.js';
import { type Leg, onDay, rateRecord, recordRequest } from './rate-record.js';
import { isRouble, type LatestVersions } from '../model/index.js';

/** Request for a day of a series. */
interface DayRequest {
  /** undefined: every currency. */
  codes: readonly string[] | undefined;
  quote: string;
  restate: boolean;
}

/** Fixings of a day; a cross rate exists if one side was set and the other is in force. */
export function fixingsOf(
  bases: readonly LatestVersions[],
  day: KnownDay,
  tracker: LegTracker,
  { codes, quote, restate }: DayRequest,
): RateRecord[] {
  const request = recordRequest(day, restate);
  if (isRouble(quote)) return bases.map((base) => rateRecord(base, 'rouble', request));
  const quoteLeg = tracker.inForce(quote, day);
  if (!quoteLeg) return [];
  const legs: Leg[] = bases.filter(({ current }) => current.code !== quote);
  if (quoteLeg.current.effective_date === day.date) {
    if (!codes || codes.some(isRouble)) legs.push('rouble');
    // Only the quote changed: recompute carried pairs.
    for (const code of codes ?? []) {
      if (isRouble(code) || bases.some(({ current }) => current.code === code)) continue;
      const carried = tracker.inForce(code, day);
      if (carried) legs.push(carried);
    }
  }
  const records = legs.map((base) => rateRecord(base, quoteLeg, request));
  return records.sort(bySortKey);
}

/** Of the rates set on a day, the one with precedence for each code. */
export function preferredOf(
  bases: readonly LatestVersions[],
  day: KnownDay,
  tracker: LegTracker,
): LatestVersions[] {
  const codes = new Set(bases.map(({ current }) => current.code));
  return [...codes].flatMap((code) => {
    const preferred = tracker.inForce(code, day);
    return preferred?.current.effective_date === day.date ? [preferred] : [];
  });
}

/** Returns a function that computes one currency's rate in force; its days must be in order. */
export function carriedRecords(
  tracker: LegTracker,
  { codes: [code = ''] = [], quote, restate }: DayRequest,
): (day: KnownDay) => RateRecord[] {
  let last: { legs: readonly [Leg, Leg]; record: RateRecord } | undefined;
  const legOf = (of: string, day: KnownDay) => (isRouble(of) ? 'rouble' : tracker.inForce(of, day));
  return (day) => {
    const base = legOf(code, day);
    const quoteLeg = legOf(quote, day);
    if (!base || !quoteLeg) return [];
    // Cross rates are divided to 28 digits, so a carried one is not computed again.
    const isAsBefore = last?.legs[0] === base && last.legs[1] === quoteLeg;
    const request = recordRequest(day, restate);
    const record = last && isAsBefore ? last.record : rateRecord(base, quoteLeg, request);
    last = { legs: [base, quoteLeg], record };
    return [onDay(record, last.legs, request)];
  };
}

/** Stable: with equal keys, the bank's stay before manual ones. */
function bySortKey(one: RateRecord, other: RateRecord): number {
  const [key, otherKey] = [sortKeyOf(one), sortKeyOf(other)];
  return key === otherKey ? 0 : key < otherKey ? -1 : 1;
}
