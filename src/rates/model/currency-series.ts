import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { Quotation } from '../../common/decimal.js';
import type { BankDocument } from './bank-document.js';

/** Fixing of a series. */
export interface SeriesRecord extends Quotation {
  /** ID of the record: an answer for a parent ID also contains records of its children. */
  cbr_id: string;
  effective_date: CalendarDate;
}

/** The bank's answer for one currency: all fixings in a range of days, possibly none. */
export interface CurrencySeries {
  /** Requested ID. */
  cbr_id: string;
  /** The part of the requested days that the answer covers. */
  range: DateRange;
  /** Ordered by day. */
  records: SeriesRecord[];
  document: BankDocument;
}
