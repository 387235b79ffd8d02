import { compare, mean, placesOf } from './decimal.js';
import { addDays, monthsBefore } from './days.js';

/** Day of the bank's first sheet. */
const FIRST_DAY = '1992-07-01';
const FIRST_DAY_OF_TODAYS_ROUBLE = '1998-01-01';
export const RANGES = ['1m', '1y', '5y', 'all'];

/** First day of a range that ends on `day`. */
export function rangeStart(range, day) {
  const months = { '1m': 1, '1y': 12, '5y': 60 }[range];
  return months === undefined ? FIRST_DAY : monthsBefore(day, months);
}

/** First of the 30 days that sparklines show. */
export function sparkStart(day) {
  return addDays(day, -29);
}

/** Whether a fixing is in old roubles, a thousand of which are one new rouble. */
export function isOldRouble({ effective_date: date }) {
  return date < FIRST_DAY_OF_TODAYS_ROUBLE;
}

/**
 * Lowest and highest fixing by unit price in new roubles, the first of equals; and the mean for the last fixing's
 * nominal, rounded to the decimals of its value.
 */
export function summaryOf(fixings) {
  const last = fixings.at(-1);
  if (!last) return null;
  const first = (isBetter) =>
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
export function lineThrough(fixings, { width, height, margin = 2 }, days) {
  const prices = fixings.map(({ rate }) => Number(rate));
  const times = fixings.map(({ effective_date: date }) => Date.parse(date));
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const [from, to] = [days.from, days.to].map((day) => Date.parse(day));
  const across = (time) => margin + ((time - from) / (to - from || 1)) * (width - 2 * margin);
  const down = (price) =>
    high === low ? height / 2 : margin + ((high - price) / (high - low)) * (height - 2 * margin);
  return fixings
    .map((_, index) => `${across(times[index]).toFixed(1)},${down(prices[index]).toFixed(1)}`)
    .join(' ');
}
