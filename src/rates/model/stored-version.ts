import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { RateSource } from '../../events/rate-event.js';

/** A version of a rate, with data of its currency. */
export interface StoredVersion extends Quotation {
  id: number;
  cbr_id: string | null;
  code: string;
  name: string;
  name_en: string | null;
  num_code: string | null;
  effective_date: CalendarDate;
  source: RateSource;
  /** Recording time of a manual version, ISO 8601 UTC: for one day, the newest takes precedence. */
  recorded_at?: string;
}

/** Known facts of the previous fixing. */
export interface Fixed extends Quotation {
  effective_date: CalendarDate;
}

/** Newest fixing of a currency up to a day, and the one before it. */
export interface LatestVersions {
  current: StoredVersion;
  previous: Fixed | null;
}

/** Orders by day, then code. Manual versions follow the bank's, in recording order. */
export function byDateAndCode(one: StoredVersion, other: StoredVersion): number {
  return (
    compare(one.effective_date, other.effective_date) ||
    compare(one.code, other.code) ||
    compare(one.source, other.source) ||
    compare(rankOf(one), rankOf(other)) ||
    one.id - other.id
  );
}

function rankOf({ source, cbr_id, recorded_at }: StoredVersion): string {
  return (source === 'manual' ? recorded_at : cbr_id) ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
