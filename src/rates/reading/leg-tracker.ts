import type { KnownDay } from './official-in-force.js';
import { rateInForce } from './rate-in-force.js';
import type { LatestVersions, SourceChoice, StoredVersion } from '../model/index.js';

/** Follows, day by day, the newest rate of every currency and the one before it. */
export class LegTracker {
  private readonly latest = new Map<string, LatestVersions>();

  /** Begins with what stood before the first day. */
  constructor(
    before: Iterable<LatestVersions>,
    private readonly source: SourceChoice,
  ) {
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

  /** The rate of a code in force on a day; undefined as well where what is loaded does not decide. */
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
