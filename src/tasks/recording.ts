import type { RequestOptions } from '../cbr/request-options.js';
import type { Checkpoint } from '../rates/storage/index.js';
import type { RecordedSheet } from '../rates/recording/index.js';
import type { FetchTotals } from './fetch-report.js';

export function nothingFetched(): FetchTotals {
  return { saved: 0, unchanged: 0, quarantined: 0, effective_date: null, remarks: [] };
}

/** How the bank is asked, where what is recorded is counted, and whether it may be recorded still. */
export interface Recording {
  totals: FetchTotals;
  options: RequestOptions;
  checkpoint: Checkpoint;
  /** Items of the quarantine that this run has counted: several of its sheets may belong to one. */
  heldItems: Set<number>;
}

/** Sheets that wait in one item count once in a run. */
export function newlyHeld(
  { quarantined, sheet_item_id: id }: Pick<RecordedSheet, 'quarantined' | 'sheet_item_id'>,
  { heldItems }: Recording,
): number {
  if (id === null) return quarantined;
  const count = heldItems.has(id) ? 0 : quarantined;
  heldItems.add(id);
  return count;
}
