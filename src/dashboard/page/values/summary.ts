import {
  compare,
  difference,
  mean,
  percentBetween,
  placesOf,
  rounded,
  significant,
  times,
} from './decimal.js';
import { isOldRouble } from './series.js';
import type { Rate } from './shapes.js';

type Fixing = Pick<Rate, 'effective_date' | 'nominal' | 'value' | 'rate'>;

/** How the prices of a history are written, so that all of them can be compared. */
export interface Measure {
  nominal: number;
  places: number;
  isCross: boolean;
  /** Whether old roubles are counted as today's. */
  isRestated: boolean;
}

/** That of the last fixing; a cross rate has no nominal, and as many digits as are shown of the last one. */
export function measureOf(fixings: readonly Fixing[], isCross: boolean): Measure {
  const [first, last] = [fixings[0], fixings.at(-1)];
  const places = last ? placesOf(last.value) : 0;
  const isRestated = first !== undefined && !isCross && isOldRouble(first);
  return { nominal: last?.nominal ?? 1, places, isCross, isRestated };
}

/** A unit price as a figure: exact in roubles, with six significant digits in a cross rate. */
export function figureOf(rate: string, { nominal, places, isCross }: Measure): string {
  return isCross ? significant(rate, 6) : times(rate, nominal, places);
}

/** A figure, and the day of its fixing. */
interface Extreme {
  figure: string;
  date: string;
}

interface Summary {
  low: Extreme;
  high: Extreme;
  average: string;
  /** From the first fixing to the last one. */
  change: { figure: string; percent: string; from: string; to: string };
  count: number;
}

/** Lowest and highest price, the first of equals; the mean, rounded to the places of the measure; and the change. */
export function summaryOf(fixings: readonly Fixing[], measure: Measure): Summary | null {
  const [first, last] = [fixings[0], fixings.at(-1)];
  if (!first || !last) return null;
  const extreme = (isBetter: (order: number) => boolean): Extreme => {
    const found = fixings.reduce((best, each) =>
      isBetter(compare(each.rate, best.rate)) ? each : best,
    );
    return { figure: figureOf(found.rate, measure), date: found.effective_date };
  };
  const { nominal, places, isCross } = measure;
  const moved = difference(first.rate, last.rate);
  return {
    low: extreme((order) => order < 0),
    high: extreme((order) => order > 0),
    average: mean(
      fixings.map(({ rate }) => rate),
      { factor: nominal, places },
    ),
    change: {
      figure: isCross ? rounded(moved, places) : times(moved, nominal, places),
      percent: percentBetween(first.rate, last.rate, 2),
      from: first.effective_date,
      to: last.effective_date,
    },
    count: fixings.length,
  };
}
