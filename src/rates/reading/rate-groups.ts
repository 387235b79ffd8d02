import {
  addDays,
  type CalendarDate,
  earlier,
  firstOfMonth,
  later,
  mondayOf,
} from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { derived, fraction, isGreater, sum } from '../../common/rate-arithmetic.js';
import { columnsOf, RowWriter } from '../../common/row-writer.js';
import { RateGroup } from './rate-group.dto.js';
import type { RateRecord } from './rate-record.dto.js';
import { isRouble, REDENOMINATION_DATE } from '../model/index.js';

export const GROUPS = ['week', 'month'] as const;
export type Grouping = (typeof GROUPS)[number];

export const GROUP_WRITER = new RowWriter(columnsOf(RateGroup));

interface Period {
  period: string;
  from: CalendarDate;
  to: CalendarDate;
}

interface OpenGroup extends RateGroup {
  total: DecimalText;
}

/**
 * Summarizes fixings by week (ISO 8601, Monday to Sunday) or calendar month. The period of the redenomination results
 * in two groups, one per rouble, unless everything is restated.
 */
export async function* grouped(
  pages: AsyncIterable<RateRecord[]>,
  grouping: Grouping,
  restate: boolean,
): AsyncGenerator<RateGroup[]> {
  let open: OpenGroup | undefined;
  for await (const page of pages) {
    const closed: RateGroup[] = [];
    for (const record of page) {
      const period = periodOf(record, grouping, restate);
      if (open?.from === period.from) {
        extend(open, record);
      } else {
        if (open) closed.push(close(open));
        open = begin(record, period);
      }
    }
    if (closed.length > 0) yield closed;
  }
  if (open) yield [close(open)];
}

function begin({ code, quote, rate, source }: RateRecord, period: Period): OpenGroup {
  const figures = { open: rate, high: rate, low: rate, close: rate, average: rate, total: rate };
  return { code, quote, ...period, ...figures, fixings: 1, source };
}

function extend(group: OpenGroup, { rate }: RateRecord): void {
  if (isGreater(rate, group.high)) group.high = rate;
  if (isGreater(group.low, rate)) group.low = rate;
  group.close = rate;
  group.total = sum(group.total, rate);
  group.fixings += 1;
}

function close({ total, ...group }: OpenGroup): RateGroup {
  return { ...group, average: derived(fraction(total, group.fixings)) };
}

/** The days of one rouble in the whole period, independent of the requested range. */
function periodOf(
  { effective_date: date, code, quote }: RateRecord,
  grouping: Grouping,
  restate: boolean,
): Period {
  const { period, from, to } = grouping === 'month' ? monthOf(date) : weekOf(date);
  if (restate || !(isRouble(code) || isRouble(quote))) return { period, from, to };
  return date < REDENOMINATION_DATE
    ? { period, from, to: earlier(to, addDays(REDENOMINATION_DATE, -1)) }
    : { period, from: later(from, REDENOMINATION_DATE), to };
}

function monthOf(date: CalendarDate): Period {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const period = date.slice(0, 7);
  return {
    period,
    from: firstOfMonth(date),
    to: `${period}-${lastDay}` as CalendarDate,
  };
}

function weekOf(date: CalendarDate): Period {
  const from = mondayOf(date);
  // A week belongs to the year of its Thursday (ISO 8601, 3.1.1.23).
  const thursday = addDays(from, 3);
  const year = thursday.slice(0, 4);
  const dayOfYear = Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`);
  const week = Math.floor(dayOfYear / (7 * 86_400_000)) + 1;
  return { period: `${year}-W${String(week).padStart(2, '0')}`, from, to: addDays(from, 6) };
}
