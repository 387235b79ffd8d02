import type { CalendarDate } from '../common/calendar-date.js';
import { KursError } from '../common/kurs.error.js';

/** Counters of a run. */
interface FetchCounts {
  saved: number;
  unchanged: number;
  /** Items held in quarantine. */
  quarantined: number;
  effective_date: CalendarDate | null;
}

/** Counters so far, also of a run that fails half-way. */
export interface FetchTotals extends FetchCounts {
  /** Human-readable remarks, each without a full stop. */
  remarks: string[];
}

/** Report of a run. A failed one has the failure's code and counts what was recorded before it. */
export interface FetchReport extends FetchCounts {
  started_at: Date;
  finished_at: Date;
  result: 'success' | 'failure';
  code: string | null;
  message: string;
}

/** @param failure undefined if the run succeeded */
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
  // The report is public: messages of drivers and servers go only to the log.
  const { code, message } =
    failure instanceof KursError
      ? failure
      : { code: 'internal', message: 'Kurs failed on this run; its log says why' };
  return { ...times, ...counts, result: 'failure', code, message };
}
