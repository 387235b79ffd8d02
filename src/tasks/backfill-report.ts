import type { DateRange } from '../common/date-range.js';

/** What has been done, for whoever shows it. */
export interface BackfillStep {
  done: number;
  total: number;
  code: string;
  added: number;
  corrected: number;
}

/** A currency that could not be loaded. */
export interface MissingCurrency {
  code: string;
  cbr_id: string;
  reason: string;
}

/** How a backfill ended. */
export interface BackfillReport {
  range: DateRange;
  added: number;
  corrected: number;
  unchanged: number;
  /** How many currencies an interrupted run with the same request had loaded: they were not asked about. */
  resumed: number;
  missing: MissingCurrency[];
  /** Where the bank's series and its newest sheet disagree. */
  differences: string[];
}
