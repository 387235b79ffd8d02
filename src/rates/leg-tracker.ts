import { type KnownDay, officialStanding, speaksBefore } from './official-in-force.js';
import type { LatestVersions, StoredVersion } from './stored-version.js';

/** Follows, day by day, the newest rate of every currency and the one before it. */
export class LegTracker {
  private readonly latest = new Map<string, LatestVersions>();

  /** Begins with what stood before the first day. */
  constructor(before: Iterable<LatestVersions>) {
    for (const versions of before) this.latest.set(keyOf(versions.current), versions);
  }

  /** Whether nothing was set yet. */
  get isEmpty(): boolean {
    return this.latest.size === 0;
  }

  /** Takes the next rate, in the order of days; returns it with the one before it. */
  advance(version: StoredVersion): LatestVersions {
    const key = keyOf(version);
    const before = this.latest.get(key);
    const isSameDay = before?.current.effective_date === version.effective_date;
    const previous = (isSameDay ? before.previous : before?.current) ?? null;
    const versions = { current: version, previous };
    this.latest.set(key, versions);
    return versions;
  }

  /** The rate of a code in force on a day. */
  inForce(code: string, day: KnownDay): LatestVersions | undefined {
    let found: LatestVersions | undefined;
    for (const versions of this.latest.values()) {
      const { current } = versions;
      if (current.code !== code) continue;
      const isManual = current.source === 'manual';
      if (!isManual && officialStanding(versions, day) !== 'in force') continue;
      if (!found || speaksBefore(current, found.current)) found = versions;
    }
    return found;
  }
}

function keyOf({ cbr_id, code, source }: StoredVersion): string {
  return source === 'manual' || cbr_id === null ? `manual ${code}` : cbr_id;
}
