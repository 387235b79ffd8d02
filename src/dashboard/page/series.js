import { compare, mean, placesOf } from './decimal.js';
import { addDays, monthsBefore } from './days.js';

/** The day of the bank's first sheet. */
const FIRST_DAY = '1992-07-01';
const FIRST_DAY_OF_TODAYS_ROUBLE = '1998-01-01';
export const RANGES = ['1m', '1y', '5y', 'all'];

/** The first day of a range that ends on `day`. */
export function rangeStart(range, day) {
  const months = { '1m': 1, '1y': 12, '5y': 60 }[range];
  return months === undefined ? FIRST_DAY : monthsBefore(day, months);
}

/** The first day of the 30 that the small lines of the board show. */
export function sparkStart(day) {
  return addDays(day, -29);
}

/** Whether a fixing is printed in roubles of which a thousand are one of today's. */
export function isOldRouble({ effective_date: date }) {
  return date < FIRST_DAY_OF_TODAYS_ROUBLE;
}

/**
 * The lowest and the highest fixing by the price of one unit in today's roubles, the first of equals; and the
 * mean for as many units as the last one is for, to as many places as that is printed with.
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
 * Where points stand in a box that is as wide as the `days`, as the coordinates of an SVG line. Floats, for
 * pixels alone.
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
