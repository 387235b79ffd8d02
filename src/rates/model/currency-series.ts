import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { Quotation } from '../../common/decimal.js';
import type { BankDocument } from './bank-document.js';

/** One fixing of a series. */
export interface SeriesRecord extends Quotation {
  /** Whose record it is: an answer about a parent ID holds those of its children too. */
  cbr_id: string;
  effective_date: CalendarDate;
}

/** The bank's answer about one currency: every fixing in a range of days; none is an answer as well. */
export interface CurrencySeries {
  /** The ID that was asked about. */
  cbr_id: string;
  /** Of the days that were asked about, those that the answer says to be about. */
  range: DateRange;
  /** In the order of the days. */
  records: SeriesRecord[];
  document: BankDocument;
}
