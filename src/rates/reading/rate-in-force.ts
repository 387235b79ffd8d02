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
  if (source === 'all' && manual && holds(manual.current, official, day)) return manual;
  let speaking: LatestVersions | undefined;
  let isUnknown = false;
  for (const versions of official) {
    const standing = officialStanding(versions, day);
    if (standing === 'ended') continue;
    if (speaking && !supersedes(versions.current, speaking.current, day)) continue;
    speaking = versions;
    isUnknown = standing === 'unknown';
  }
  return isUnknown ? 'unknown' : speaking;
}

/**
 * Whether a fixing takes precedence over one of another ID: the newer one, or on the same day that of the ID with
 * precedence.
 */
function supersedes(one: StoredVersion, other: StoredVersion, { known }: KnownDay): boolean {
  if (one.effective_date !== other.effective_date) return one.effective_date > other.effective_date;
  return takesPrecedence(one.cbr_id ?? '', other.cbr_id ?? '', known.lastSet);
}

/** Whether an earlier manual rate is still the newest: no fixing followed, and none can be missing. */
function holds(
  { code, effective_date }: StoredVersion,
  official: Candidates['official'],
  day: KnownDay,
): boolean {
  if (official.some(({ current }) => current.effective_date > effective_date)) return false;
  if (effective_date === day.date || day.date < FIRST_SHEET_DATE) return true;
  const ids = day.known.currencies.idsOf(code);
  if (ids.length === 0) return true;
  const since = later(effective_date, FIRST_SHEET_DATE);
  return ids.some((id) => {
    const covered = coveredAround(day, id);
    return covered !== undefined && covered.from <= since;
  });
}
