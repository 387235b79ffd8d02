import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { RateSource } from '../../events/rate-event.js';

/** A version of a rate, with what is known of its currency. */
export interface StoredVersion extends Quotation {
  id: number;
  cbr_id: string | null;
  code: string;
  name: string;
  name_en: string | null;
  num_code: string | null;
  effective_date: CalendarDate;
  source: RateSource;
  /** When a person made it, ISO 8601 UTC: of two for one day, the one made or edited last speaks. */
  recorded_at?: string;
}

/** What is known of the fixing before. */
export interface Fixed extends Quotation {
  effective_date: CalendarDate;
}

/** The newest fixing of a currency up to some day, and the one before it. */
export interface LatestVersions {
  current: StoredVersion;
  previous: Fixed | null;
}

/** In the order of days, then codes; what people made comes after the bank's, in the order in which they made or edited it. */
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
