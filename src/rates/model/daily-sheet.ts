import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { BankDocument } from './bank-document.js';

/** The day from which the bank's services know official rates. */
export const FIRST_SHEET_DATE = '1992-07-01' as CalendarDate;

/** One currency of a sheet, as the bank printed it: `nominal` units cost `value` roubles. */
export interface Fixing extends Quotation {
  /** The bank's own ID, `R01235`: the only key that is stable. */
  cbr_id: string;
  /** Letter code, `USD`; the ID itself where the sheet gives none. */
  code: string;
  /** Three-digit code, `840`; null where the bank gives none. */
  num_code: string | null;
  /** Russian name; not stable, never a key. */
  name: string;
}

/** What the bank publishes for one date: all currencies at once. */
export interface DailySheet {
  /** The date printed in the document, from which its fixings are in force; not the date asked for. */
  effective_date: CalendarDate;
  fixings: Fixing[];
}

/** A sheet with the document that it was read from. */
export interface PublishedSheet extends DailySheet {
  /** The last day known to have no later sheet: the day that the bank was asked about. */
  in_force_to: CalendarDate;
  document: BankDocument;
}
