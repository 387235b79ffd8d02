import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import { dividedBy, type Fraction, fraction } from '../../common/rate-arithmetic.js';
import { priceInTodaysRoubles } from '../model/index.js';

/** A figure of the bank with its date, which says in which rouble it is. */
export interface DatedQuotation extends Quotation {
  effective_date: CalendarDate;
}

/**
 * Whether one unit became dearer or cheaper by more than `percent` of what it cost before. Exact, and in
 * the same rouble: neither another nominal nor the redenomination of 1998 is a move.
 */
export function isJump(before: DatedQuotation, now: DatedQuotation, percent: number): boolean {
  const { over, under } = dividedBy(priceOf(now), priceOf(before));
  const change = over > under ? over - under : under - over;
  // A percentage may have decimals.
  const { over: most, under: of } = fraction(percent);
  return change * 100n * of > under * most;
}

function priceOf(figure: DatedQuotation): Fraction {
  return priceInTodaysRoubles(figure, figure.effective_date);
}
