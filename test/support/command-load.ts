import { Backfill } from '../../src/tasks/backfill.js';
import type { BackfillReport, BackfillStep } from '../../src/tasks/backfill-report.js';
import type { BackfillRequest } from '../../src/tasks/backfill-plan.js';
import { FetchRun, nothingFetched } from '../../src/tasks/fetch-run.js';
import { SheetBackfill } from '../../src/tasks/sheet-backfill.js';
import type { RunningKurs } from './kurs.js';

/** Days as yyyy-mm-dd. */
interface Wanted {
  from: string;
  to?: string;
  codes?: string[];
}

/** Like `kurs backfill --sheets`. */
export async function loadSheets(
  kurs: RunningKurs,
  wanted: Wanted,
  onStep: (step: BackfillStep) => void = () => undefined,
  stop = new AbortController().signal,
): Promise<BackfillReport> {
  const newest = await kurs.get(FetchRun).run(nothingFetched(), { stop, isForced: true });
  return kurs.get(SheetBackfill).run(wanted as BackfillRequest, newest, onStep, stop);
}

/** Fetches and loads history in the service of a test, like `kurs backfill` beside one. */
export async function loadHistory(
  kurs: RunningKurs,
  wanted: Wanted,
  onStep: (step: BackfillStep) => void = () => undefined,
  stop = new AbortController().signal,
): Promise<BackfillReport> {
  const newest = await kurs.get(FetchRun).run(nothingFetched(), { stop, isForced: true });
  return kurs.get(Backfill).run(wanted as BackfillRequest, newest, onStep, stop);
}
