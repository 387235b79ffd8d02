import { addDays, monthsBefore } from './days.js';
import { times } from './decimal.js';
import type { Days, Rate } from './shapes.js';

export type Range = '1w' | '1m' | '1y' | '5y' | 'all';

/** Day of the bank's first sheet. */
export const FIRST_DAY = '1992-07-01';
const FIRST_DAY_OF_TODAYS_ROUBLE = '1998-01-01';
/** As many are one of today's. */
export const OLD_ROUBLES = 1_000;
export const RANGES: readonly Range[] = ['1w', '1m', '1y', '5y', 'all'];

/** First day of a range that ends on `day`. */
export function rangeStart(range: Range, day: string): string {
  if (range === '1w') return addDays(day, -7);
  const months = { '1m': 1, '1y': 12, '5y': 60, all: null }[range];
  return months === null ? FIRST_DAY : monthsBefore(day, months);
}

/** Days without a fixing around New Year. */
const LONGEST_PAUSE = 12;

/** Period of a chart whose address names none: a year, or the longest shorter one that is loaded since `first`. */
export function loadedPeriod(first: string, day: string): Range {
  const isLoaded = (range: Range) => first <= addDays(rangeStart(range, day), LONGEST_PAUSE);
  return (['1y', '1m'] as const).find(isLoaded) ?? '1w';
}

/** First of the 30 days that sparklines show. */
export function sparkStart(day: string): string {
  return addDays(day, -29);
}

/** Whether a fixing is in old roubles, a thousand of which are one new rouble. */
export function isOldRouble({ effective_date: date }: Pick<Rate, 'effective_date'>): boolean {
  return date < FIRST_DAY_OF_TODAYS_ROUBLE;
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

/** Change of a rate for its nominal; null if there is no previous rate. */
export function changeOf(rate: Rate | null): string | null {
  if (rate?.change == null) return null;
  return times(rate.change, rate.nominal, rate.value.split('.')[1]?.length ?? 0);
}
