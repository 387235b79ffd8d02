import type { KnownDay } from './official-in-force.js';
import { rateInForce } from './rate-in-force.js';
import type { LatestVersions, SourceChoice, StoredVersion } from '../model/index.js';

/** Tracks, day by day, the newest and the previous rate of every currency. */
export class LegTracker {
  private readonly latest = new Map<string, LatestVersions>();

  /** @param before versions before the first day */
  constructor(
    before: Iterable<LatestVersions>,
    private readonly source: SourceChoice,
  ) {
    for (const versions of before) this.latest.set(keyOf(versions.current), versions);
  }

  /** Whether nothing has been set yet. */
  get isEmpty(): boolean {
    return this.latest.size === 0;
  }

  /** Adds the next rate, in the order of days, and returns it with the previous one. */
  advance(version: StoredVersion): LatestVersions {
    const key = keyOf(version);
    const before = this.latest.get(key);
    const isSameDay = before?.current.effective_date === version.effective_date;
    const previous = (isSameDay ? before.previous : before?.current) ?? null;
    const versions = { current: version, previous };
    this.latest.set(key, versions);
    return versions;
  }

  /** Rate of a code in force on a day; also undefined if the loaded days do not decide it. */
  inForce(code: string, day: KnownDay): LatestVersions | undefined {
    const official = [...this.latest.values()].filter(
      ({ current }) => current.code === code && !isManual(current),
    );
    const manual = this.latest.get(manualKey(code));
    const found = rateInForce({ official, manual }, day, this.source);
    return found === 'unknown' ? undefined : found;
  }
}

function isManual({ cbr_id, source }: StoredVersion): boolean {
  return source === 'manual' || cbr_id === null;
}

function manualKey(code: string): string {
  return `manual ${code}`;
}

function keyOf(version: StoredVersion): string {
  return isManual(version) ? manualKey(version.code) : (version.cbr_id ?? '');
}
