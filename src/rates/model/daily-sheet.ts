import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { BankDocument } from './bank-document.js';

/** First day with official rates in the bank's services. */
export const FIRST_SHEET_DATE = '1992-07-01' as CalendarDate;

/** One currency of a sheet as printed: `nominal` units cost `value` roubles. */
export interface Fixing extends Quotation {
  /** The bank's ID, `R01235`: the only stable key. */
  cbr_id: string;
  /** Letter code, `USD`; the ID if the sheet has none. */
  code: string;
  /** Three-digit code, `840`; null if the bank gives none. */
  num_code: string | null;
  /** Russian name; not stable, never a key. */
  name: string;
}

/** Publication of the bank for one date: all currencies at once. */
export interface DailySheet {
  /** Date printed in the document, from which its fixings are in force. It may differ from the requested date. */
  effective_date: CalendarDate;
  fixings: Fixing[];
}

/** A sheet with its document. */
export interface PublishedSheet extends DailySheet {
  /** Last day known to have no later sheet: the requested day. */
  in_force_to: CalendarDate;
  document: BankDocument;
}
