import type { CalendarDate } from '../common/calendar-date.js';

/** How a run ended. A failed one names the failure by its code, and counts what it had recorded by then. */
export interface FetchReport {
  started_at: Date;
  finished_at: Date;
  result: 'success' | 'failure';
  code: string | null;
  message: string;
  saved: number;
  unchanged: number;
  quarantined: number;
  effective_date: CalendarDate | null;
}
