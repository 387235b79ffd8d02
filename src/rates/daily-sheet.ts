import type { CalendarDate } from '../common/calendar-date.js';
import type { Quotation } from '../common/decimal.js';

/** One currency of a sheet, as the bank printed it: `nominal` units cost `value` roubles. */
export interface Fixing extends Quotation {
  /** The bank's own ID, `R01235`: the only key that is stable. */
  cbr_id: string;
  /** Letter code, `USD`. */
  code: string;
  /** Russian name; not stable, never a key. */
  name: string;
}

/** What the bank publishes for one date: all currencies at once. */
export interface DailySheet {
  /** The date printed in the document, from which its fixings are in force; not the date asked for. */
  effective_date: CalendarDate;
  fixings: Fixing[];
}

/** The bank's answer as it came over the wire: the provenance of every number. */
export interface BankDocument {
  kind: 'daily';
  /** The bytes as served, in the bank's encoding. */
  bytes: Buffer;
  fetched_at: Date;
}

/** A sheet with the document that it was read from. */
export interface PublishedSheet extends DailySheet {
  document: BankDocument;
}
