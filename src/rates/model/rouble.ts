import type { CalendarDate } from '../../common/calendar-date.js';
import { type Fraction, fraction, fractionOf } from '../../common/rate-arithmetic.js';
import type { Quotation } from '../../common/decimal.js';

/** From this day a thousand old roubles (RUR, 810) are one new rouble (RUB, 643). Earlier fixings are not restated. */
export const REDENOMINATION_DATE = '1998-01-01' as CalendarDate;
const OLD_ROUBLES = 1000;

export const ROUBLE_CODES = ['RUB', 'RUR'] as const;
export type RoubleCode = (typeof ROUBLE_CODES)[number];

export const ROUBLE_NAMES = {
  RUB: { name: 'Российский рубль', name_en: 'Russian Ruble', num_code: '643' },
  RUR: {
    name: 'Российский рубль (до 1998 года)',
    name_en: 'Russian Ruble (before 1998)',
    num_code: '810',
  },
} as const;

export function isRouble(code: string): code is RoubleCode {
  return code === 'RUB' || code === 'RUR';
}

/** Rouble of a day: RUR before 1998. */
export function roubleOf(date: CalendarDate): RoubleCode {
  return date < REDENOMINATION_DATE ? 'RUR' : 'RUB';
}

/** Price of one unit in new roubles, also for dates before 1998. */
export function priceInTodaysRoubles(quotation: Quotation, date: CalendarDate): Fraction {
  return fractionOf(inTodaysRoubles(quotation, date));
}

/** A quotation of a day in new roubles, by a larger nominal before 1998. */
export function inTodaysRoubles(quotation: Quotation, date: CalendarDate): Quotation {
  if (roubleOf(date) === 'RUB') return quotation;
  return { nominal: quotation.nominal * OLD_ROUBLES, value: quotation.value };
}

/** Value of one rouble of either kind in new roubles. */
export function worthOf(rouble: RoubleCode): Fraction {
  return rouble === 'RUR' ? fraction(1, OLD_ROUBLES) : fraction(1);
}
