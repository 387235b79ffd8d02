import type { Asking } from '../cbr/asking.js';
import type { Checkpoint } from '../rates/checkpoint.js';
import type { FetchTotals } from './fetch-report.js';

export function nothingFetched(): FetchTotals {
  return { saved: 0, unchanged: 0, quarantined: 0, effective_date: null, remarks: [] };
}

/** How the bank is asked, where what is recorded is counted, and whether it may be recorded still. */
export interface Recording {
  totals: FetchTotals;
  asking: Asking;
  checkpoint: Checkpoint;
  /** Items of the quarantine that this run has counted: several of its sheets may belong to one. */
  heldItems: Set<number>;
}
