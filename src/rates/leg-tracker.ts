import type { CalendarDate } from '../common/calendar-date.js';
import type { HeldDays } from './held-days.js';
import { isInForce, type SheetsKnown } from './in-force.js';
import type { LatestVersions, StoredVersion } from './stored-version.js';

/** Follows, day by day, the newest rate of every currency and the one before it. */
export class LegTracker {
  private readonly latest = new Map<string, LatestVersions>();

  /** Begins with what stood before the first day. */
  constructor(
    before: Iterable<LatestVersions>,
    private readonly held: HeldDays,
  ) {
    for (const versions of before) this.latest.set(keyOf(versions.current), versions);
  }

  /** Takes the next rate, in the order of days; returns it with the one before it. */
  advance(version: StoredVersion): LatestVersions {
    const before = this.latest.get(keyOf(version));
    const isSameDay = before?.current.effective_date === version.effective_date;
    const previous = (isSameDay ? before.previous : before?.current) ?? null;
    const versions = { current: version, previous };
    this.latest.set(keyOf(version), versions);
    return versions;
  }

  /** The rate of a code in force on a day; a person's wins over the bank's of the same day. */
  inForce(code: string, day: CalendarDate, sheets: SheetsKnown): LatestVersions | undefined {
    let found: LatestVersions | undefined;
    for (const versions of this.latest.values()) {
      const { current, previous } = versions;
      if (current.code !== code) continue;
      const date = current.effective_date;
      const fixing = {
        date,
        previous: previous?.effective_date ?? null,
        next: null,
        held: this.held.newest(current.cbr_id, date, day),
      };
      const holds = current.source === 'manual' || isInForce(fixing, day, sheets);
      if (!holds) continue;
      const other = found?.current.effective_date;
      const isManualOfSameDay = other === current.effective_date && current.source === 'manual';
      if (other === undefined || other < current.effective_date || isManualOfSameDay) {
        found = versions;
      }
    }
    return found;
  }
}

function keyOf({ cbr_id, code, source }: StoredVersion): string {
  return source === 'manual' || cbr_id === null ? `manual ${code}` : cbr_id;
}
