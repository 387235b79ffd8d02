import type { RequestOptions } from '../cbr/request-options.js';
import type { Checkpoint } from '../rates/storage/index.js';
import type { RecordedSheet } from '../rates/recording/index.js';
import type { FetchTotals } from './fetch-report.js';

export function nothingFetched(): FetchTotals {
  return { saved: 0, unchanged: 0, quarantined: 0, effective_date: null, remarks: [] };
}

/** Context of a recording: request options, counters, and the checkpoint. */
export interface Recording {
  totals: FetchTotals;
  options: RequestOptions;
  checkpoint: Checkpoint;
  /** Quarantine items counted by this run; several sheets may belong to one. */
  heldItems: Set<number>;
}

/** Counts an item once in a run, however many sheets it holds. */
export function newlyHeld(
  { quarantined, sheet_item_id: id }: Pick<RecordedSheet, 'quarantined' | 'sheet_item_id'>,
  { heldItems }: Recording,
): number {
  if (id === null) return quarantined;
  const count = heldItems.has(id) ? 0 : quarantined;
  heldItems.add(id);
  return count;
}
