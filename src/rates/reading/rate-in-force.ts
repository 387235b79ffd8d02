import { later } from '../../common/calendar-date.js';
import {
  FIRST_SHEET_DATE,
  type LatestVersions,
  type SourceChoice,
  takesPrecedence,
  type StoredVersion,
} from '../model/index.js';
import { coveredAround, type KnownDay, officialStanding } from './official-in-force.js';

/** Stored rates of one letter code up to a day. */
export interface Candidates {
  /** Newest fixing of each of the bank's IDs. */
  official: readonly LatestVersions[];
  /** Newest manual rate. */
  manual: LatestVersions | undefined;
}

/**
 * Rate of a code in force on a day; `unknown` if the loaded days do not decide it. With source `manual`, the newest
 * manual rate is in force until the next. Combined with the bank's rates, it is in force until the next fixing of
 * either kind, if it is certain that there is none.
 */
export function rateInForce(
  { official, manual }: Candidates,
  day: KnownDay,
  source: SourceChoice,
): LatestVersions | 'unknown' | undefined {
  if (source === 'manual') return manual;
  const isManualNewest =
    source === 'all' && manual !== undefined && isNewest(manual.current, official);
  if (isManualNewest && isCertain(manual.current, day)) return manual;
  let preferred: LatestVersions | undefined;
  let isUnknown = false;
  for (const versions of official) {
    const standing = officialStanding(versions, day);
    if (standing === 'ended') continue;
    if (preferred && !supersedes(versions.current, preferred.current, day)) continue;
    preferred = versions;
    isUnknown = standing === 'unknown';
  }
  // A newer manual rate has superseded it, though another ID may have had a fixing since.
  return preferred && (isUnknown || isManualNewest) ? 'unknown' : preferred;
}

/**
 * Whether a fixing takes precedence over one of another ID: the newer one, or on the same day that of the ID with
 * precedence.
 */
function supersedes(one: StoredVersion, other: StoredVersion, { known }: KnownDay): boolean {
  if (one.effective_date !== other.effective_date) return one.effective_date > other.effective_date;
  return takesPrecedence(one.cbr_id ?? '', other.cbr_id ?? '', known.lastSet);
}

/** Whether no stored fixing follows a manual rate. */
function isNewest({ effective_date }: StoredVersion, official: Candidates['official']): boolean {
  return official.every(({ current }) => current.effective_date <= effective_date);
}

/** Whether no fixing can be missing after a manual rate: each of the bank's IDs of its code is loaded since. */
function isCertain({ code, effective_date }: StoredVersion, day: KnownDay): boolean {
  if (effective_date === day.date || day.date < FIRST_SHEET_DATE) return true;
  const since = later(effective_date, FIRST_SHEET_DATE);
  return day.known.currencies.idsOf(code).every((id) => {
    const covered = coveredAround(day, id);
    return covered !== undefined && covered.from <= since;
  });
}
