/** Records publications of the bank as rates, revisions and events, in one transaction each. */
export { PastSheetRecorder } from './past-sheet-recorder.js';
export { SeriesFactsRecorder } from './series-facts-recorder.js';
export { HistoryRecorder, type RecordedHistory } from './history-recorder.js';
export { SheetRecorder, type RecordedSheet } from './sheet-recorder.js';
export { type DenialOutcome, SheetWithdrawals } from './sheet-withdrawals.js';
