import { compare, mean, placesOf } from './decimal.js';
import { addDays, monthsBefore } from './days.js';
import type { Days, Rate } from './shapes.js';

type Fixing = Pick<Rate, 'effective_date' | 'nominal' | 'value' | 'rate'>;
export type Range = '1w' | '1m' | '1y' | '5y' | 'all';

/** Day of the bank's first sheet. */
export const FIRST_DAY = '1992-07-01';
const FIRST_DAY_OF_TODAYS_ROUBLE = '1998-01-01';
export const RANGES: readonly Range[] = ['1w', '1m', '1y', '5y', 'all'];

/** First day of a range that ends on `day`. */
export function rangeStart(range: Range, day: string): string {
  if (range === '1w') return addDays(day, -7);
  const months = { '1m': 1, '1y': 12, '5y': 60, all: null }[range];
  return months === null ? FIRST_DAY : monthsBefore(day, months);
}

/** First of the 30 days that sparklines show. */
export function sparkStart(day: string): string {
  return addDays(day, -29);
}

/** Whether a fixing is in old roubles, a thousand of which are one new rouble. */
export function isOldRouble({ effective_date: date }: Pick<Rate, 'effective_date'>): boolean {
  return date < FIRST_DAY_OF_TODAYS_ROUBLE;
}

export interface Summary<Each> {
  low: Each;
  high: Each;
  average: string;
  nominal: number;
  places: number;
  count: number;
}

/**
 * Lowest and highest fixing by unit price in new roubles, the first of equals; and the mean for the last fixing's
 * nominal, rounded to the decimals of its value.
 */
export function summaryOf<Each extends Fixing>(fixings: readonly Each[]): Summary<Each> | null {
  const last = fixings.at(-1);
  if (!last) return null;
  const first = (isBetter: (order: number) => boolean) =>
    fixings.reduce((best, each) => (isBetter(compare(each.rate, best.rate)) ? each : best));
  const places = placesOf(last.value);
  const rates = fixings.map(({ rate }) => rate);
  return {
    low: first((order) => order < 0),
    high: first((order) => order > 0),
    average: mean(rates, { factor: last.nominal, places }),
    nominal: last.nominal,
    places,
    count: fixings.length,
  };
}

/**
 * Points of the fixings as coordinates of an SVG line, in a box as wide as the `days`. Floats are used only for
 * pixels.
 */
export function lineThrough(
  fixings: readonly Pick<Rate, 'effective_date' | 'rate'>[],
  { width, height, margin = 2 }: { width: number; height: number; margin?: number },
  days: Days,
): string {
  const prices = fixings.map(({ rate }) => Number(rate));
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const [from, to] = [Date.parse(days.from), Date.parse(days.to)];
  const across = (time: number) =>
    margin + ((time - from) / (to - from || 1)) * (width - 2 * margin);
  const down = (price: number) =>
    high === low ? height / 2 : margin + ((high - price) / (high - low)) * (height - 2 * margin);
  return fixings
    .map(({ effective_date: date, rate }) => {
      return `${across(Date.parse(date)).toFixed(1)},${down(Number(rate)).toFixed(1)}`;
    })
    .join(' ');
}
