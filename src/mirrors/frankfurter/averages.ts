import {
  addDays,
  type CalendarDate,
  firstOfMonth,
  mondayOf,
  nextMonth,
} from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { DecimalText } from '../../common/decimal.js';
import { fraction, sum, unitRate } from '../../common/rate-arithmetic.js';
import { inTodaysRoubles, type StoredVersion } from '../../rates/model/index.js';
import type { Grouping } from '../../rates/reading/index.js';
import { type CrossRate, crossRates, type Pairs, type Price } from './cross-rates.js';

/** The range with all days of its first and last period: an average is one of a whole period. */
export function wholePeriods({ from, to }: DateRange, grouping: Grouping): DateRange {
  const last = startOf(to, grouping);
  const next = grouping === 'month' ? nextMonth(last) : addDays(last, 7);
  return { from: startOf(from, grouping), to: addDays(next, -1) };
}

/** Rates between the averages of each period, as Frankfurter has them: averages are divided, not rates averaged. */
export async function* averages(
  pages: AsyncIterable<StoredVersion[]>,
  grouping: Grouping,
  { base, quotes }: Pairs,
): AsyncGenerator<CrossRate[]> {
  let totals = new Map<string, { total: DecimalText; count: number }>();
  let period: CalendarDate | undefined;
  const rates = (date: CalendarDate) => {
    const prices = [...totals].map(([code, { total, count }]): [string, Price] => [
      code,
      { price: fraction(total, count), date },
    ]);
    return crossRates(base, quotes, new Map(prices));
  };
  for await (const page of pages) {
    for (const { code, nominal, value, effective_date } of page) {
      const start = startOf(effective_date, grouping);
      if (period !== undefined && period !== start) {
        yield rates(period);
        totals = new Map();
      }
      period = start;
      const price = unitRate(inTodaysRoubles({ nominal, value }, effective_date));
      const { total, count } = totals.get(code) ?? { total: '0', count: 0 };
      totals.set(code, { total: sum(total, price), count: count + 1 });
    }
  }
  if (period !== undefined) yield rates(period);
}

function startOf(date: CalendarDate, grouping: Grouping): CalendarDate {
  return grouping === 'month' ? firstOfMonth(date) : mondayOf(date);
}
