import type { CalendarDate } from '../common/calendar-date.js';
import { type KnownDay, officialOn, speaksBefore } from './official-in-force.js';
import type { LatestVersions, StoredVersion } from './stored-version.js';

/** Follows, day by day, the newest rate of every currency and the one before it. */
export class LegTracker {
  private readonly latest = new Map<string, LatestVersions>();
  /** By the bank's ID, the next one last. */
  private coming = new Map<string, CalendarDate[]>();

  /** Begins with what stood before the first day. */
  constructor(before: Iterable<LatestVersions>) {
    for (const versions of before) this.latest.set(keyOf(versions.current), versions);
  }

  /** Whether nothing was set yet. */
  get isEmpty(): boolean {
    return this.latest.size === 0;
  }

  /** Learns when currencies will be set: by the versions to come, in their order, and on the first days after them. */
  expect(versions: readonly StoredVersion[], after: ReadonlyMap<string, CalendarDate>): void {
    this.coming = new Map([...after].map(([id, date]) => [id, [date]]));
    for (const { cbr_id, source, effective_date } of versions.toReversed()) {
      if (source === 'manual' || cbr_id === null) continue;
      const dates = this.coming.get(cbr_id);
      if (dates) dates.push(effective_date);
      else this.coming.set(cbr_id, [effective_date]);
    }
  }

  /** Takes the next rate, in the order of days; returns it with the one before it. */
  advance(version: StoredVersion): LatestVersions {
    const key = keyOf(version);
    const before = this.latest.get(key);
    const isSameDay = before?.current.effective_date === version.effective_date;
    const previous = (isSameDay ? before.previous : before?.current) ?? null;
    const versions = { current: version, previous };
    this.latest.set(key, versions);
    this.coming.get(key)?.pop();
    return versions;
  }

  /** The rate of a code in force on a day. */
  inForce(code: string, day: KnownDay): LatestVersions | undefined {
    let found: LatestVersions | undefined;
    for (const [key, versions] of this.latest) {
      const { current } = versions;
      if (current.code !== code) continue;
      const next = this.coming.get(key)?.at(-1) ?? null;
      const standing = current.source === 'manual' ? versions : officialOn(versions, next, day);
      if (!standing) continue;
      if (!found || speaksBefore(current, found.current)) found = standing;
    }
    return found;
  }
}

function keyOf({ cbr_id, code, source }: StoredVersion): string {
  return source === 'manual' || cbr_id === null ? `manual ${code}` : cbr_id;
}
