import type { DateRange } from '../common/date-range.js';

/** Progress of a backfill. */
export interface BackfillStep {
  done: number;
  total: number;
  code: string;
  added: number;
  corrected: number;
}

/** Currency that could not be loaded. */
export interface MissingCurrency {
  code: string;
  cbr_id: string;
  reason: string;
}

/** Result of a backfill. */
export interface BackfillReport {
  range: DateRange;
  added: number;
  corrected: number;
  unchanged: number;
  /** How many currencies were skipped because an interrupted run of the same request had loaded them. */
  resumed: number;
  missing: MissingCurrency[];
  /** Contradictions between the bank's series and its newest sheet. */
  differences: string[];
}
