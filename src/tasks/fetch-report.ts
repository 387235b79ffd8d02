import type { CalendarDate } from '../common/calendar-date.js';
import { KursError } from '../common/kurs.error.js';

/** What a run has counted so far; also of a run that fails half-way. */
export interface FetchTotals {
  saved: number;
  unchanged: number;
  /** How many fixings are held until a person has decided about them. */
  quarantined: number;
  effective_date: CalendarDate | null;
}

/** How a run ended. A failed one names the failure by its code, and counts what it had recorded by then. */
export interface FetchReport extends FetchTotals {
  started_at: Date;
  finished_at: Date;
  result: 'success' | 'failure';
  code: string | null;
  message: string;
}

/** @param failure what the run threw; undefined when it succeeded */
export function reportOf(
  times: Pick<FetchReport, 'started_at' | 'finished_at'>,
  totals: FetchTotals,
  failure: unknown,
): FetchReport {
  if (failure === undefined) {
    const message = `Rates update finished, saved ${totals.saved} records`;
    return { ...times, ...totals, result: 'success', code: null, message };
  }
  // The report is public: what a driver or server says goes to the log alone.
  const { code, message } =
    failure instanceof KursError
      ? failure
      : { code: 'internal', message: 'Kurs failed on this run; its log says why' };
  return { ...times, ...totals, result: 'failure', code, message };
}
