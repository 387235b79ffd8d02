import type { CalendarDate } from '../../common/calendar-date.js';
import { jsonNumber, type Quotation } from '../../common/decimal.js';
import { derived, dividedBy, type Fraction, fraction } from '../../common/rate-arithmetic.js';
import { priceInTodaysRoubles } from '../../rates/model/index.js';

/** What a double needs to be read back as it was written. */
const SIGNIFICANT_DIGITS = 17;

export const ROUBLE = 'RUB';

export interface Pairs {
  base: string;
  /** Absent: every currency. */
  quotes: readonly string[] | undefined;
}

/** What a currency cost, in today's roubles, and since when. */
export interface Price {
  price: Fraction;
  date: CalendarDate;
}

/** One rate in the form of Frankfurter: a unit of the base costs `rate` units of the quote. */
export interface CrossRate {
  date: CalendarDate;
  base: string;
  quote: string;
  rate: Fraction;
  /** The rate of a currency against itself, which no provider publishes. */
  isIdentity: boolean;
}

export function priceOn(quotation: Quotation, date: CalendarDate): Price {
  return { price: priceInTodaysRoubles(quotation, date), date };
}

/** The fraction as a JSON number of at most 17 significant digits, rounded once. */
export function numberOf(price: Fraction): string {
  return jsonNumber(derived(price, SIGNIFICANT_DIGITS));
}

/**
 * The rates of a base in every currency that has a price, by quote, the base's own among them. Each has the date of its
 * quote's price, the rouble that of the base.
 */
export function crossRates(
  base: string,
  quotes: readonly string[] | undefined,
  prices: ReadonlyMap<string, Price>,
): CrossRate[] {
  const dates = [...prices.values()].map(({ date }) => date).sort();
  const newest = dates.at(-1);
  if (newest === undefined) return [];
  const rouble = { price: fraction(1), date: newest };
  const own = base === ROUBLE ? rouble : prices.get(base);
  if (!own) return [];
  const rates = [...prices, [ROUBLE, { ...rouble, date: own.date }] as const]
    .filter(([quote]) => quote !== base && isWanted(quote, quotes))
    .map(([quote, { price, date }]): CrossRate => {
      const rate = dividedBy(own.price, price);
      return { date, base, quote, rate, isIdentity: false };
    });
  if (isWanted(base, quotes)) {
    const date =
      rates
        .map((each) => each.date)
        .sort()
        .at(-1) ?? own.date;
    rates.push({ date, base, quote: base, rate: fraction(1), isIdentity: true });
  }
  return rates.sort((one, other) => (one.quote < other.quote ? -1 : 1));
}

function isWanted(code: string, codes: readonly string[] | undefined): boolean {
  return codes === undefined || codes.includes(code);
}
