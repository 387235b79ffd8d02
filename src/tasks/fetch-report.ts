import type { CalendarDate } from '../common/calendar-date.js';
import { KursError } from '../common/kurs.error.js';

/** What a run counts. */
interface FetchCounts {
  saved: number;
  unchanged: number;
  /** How many items are held until a person has decided about them. */
  quarantined: number;
  effective_date: CalendarDate | null;
}

/** What a run has done so far; also of a run that fails half-way. */
export interface FetchTotals extends FetchCounts {
  /** What a person has to know besides, each without a full stop. */
  remarks: string[];
}

/** How a run ended. A failed one names the failure by its code, and counts what it had recorded by then. */
export interface FetchReport extends FetchCounts {
  started_at: Date;
  finished_at: Date;
  result: 'success' | 'failure';
  code: string | null;
  message: string;
}

/** @param failure what the run threw; undefined when it succeeded */
export function reportOf(
  times: Pick<FetchReport, 'started_at' | 'finished_at'>,
  { remarks, ...counts }: FetchTotals,
  failure: unknown,
): FetchReport {
  if (failure === undefined) {
    const finished = `Rates update finished, saved ${counts.saved} records`;
    const message = [finished, ...remarks].join('; ');
    return { ...times, ...counts, result: 'success', code: null, message };
  }
  // The report is public: what a driver or server says goes to the log alone.
  const { code, message } =
    failure instanceof KursError
      ? failure
      : { code: 'internal', message: 'Kurs failed on this run; its log says why' };
  return { ...times, ...counts, result: 'failure', code, message };
}
