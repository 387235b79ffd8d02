import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import { dividedBy, type Fraction, fraction } from '../../common/rate-arithmetic.js';
import { priceInTodaysRoubles } from '../model/index.js';

/** The bank's figure with its date, which determines its rouble. */
export interface DatedQuotation extends Quotation {
  effective_date: CalendarDate;
}

/**
 * Whether the price of one unit changed by more than `percent`. Exact, and in the same rouble: neither another
 * nominal nor the redenomination of 1998 is a change.
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
