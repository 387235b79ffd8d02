import { addDays, type CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { rangeAround } from '../common/date-range.js';
import type { HeldDays } from './held-days.js';
import { isInForce } from './in-force.js';
import type { RateRecord } from './rate-record.js';

/** What is known of the sheets around the days to fill. */
interface SheetsAround {
  /** The days of sheets, in order. */
  dates: readonly CalendarDate[];
  /** The days for which whole sheets were asked. */
  covered: readonly DateRange[];
  /** The days whose figure of the currency is held. */
  held: HeldDays;
}

/**
 * Every day of a range on which one currency was in force: its fixings, and between them the carried
 * ones. The fixings begin with the one in force on the first day.
 */
export async function* everyDay(
  pages: AsyncIterable<RateRecord[]>,
  range: DateRange,
  sheets: SheetsAround,
): AsyncGenerator<RateRecord[]> {
  const newestSheet = follow(sheets.dates);
  let before: RateRecord | undefined;
  let record: RateRecord | undefined;
  for await (const page of pages) {
    const days: RateRecord[] = [];
    for (const next of page) {
      if (record) days.push(...daysOf([before, record, next], range, newestSheet, sheets));
      before = record;
      record = next;
    }
    yield days;
  }
  if (record) yield [...daysOf([before, record, undefined], range, newestSheet, sheets)];
}

type Neighbours = [
  before: RateRecord | undefined,
  record: RateRecord,
  next: RateRecord | undefined,
];

function* daysOf(
  [before, record, next]: Neighbours,
  { from, to }: DateRange,
  newestSheet: (day: CalendarDate) => CalendarDate | null,
  { covered, held }: Pick<SheetsAround, 'covered' | 'held'>,
): Generator<RateRecord> {
  const date = record.effective_date;
  const last = next ? addDays(next.effective_date, -1) : to;
  const fixing = {
    date,
    previous: before?.effective_date ?? null,
    next: next?.effective_date ?? null,
  };
  const completeTo = rangeAround(covered, date)?.to ?? null;
  for (let day = date; day <= last && day <= to; day = addDays(day, 1)) {
    const sheets = { newest: newestSheet(day), completeTo };
    const known = { ...fixing, held: held.newest(record.cbr_id, date, day) };
    if (record.source !== 'manual' && !isInForce(known, day, sheets)) return;
    if (day >= from) yield { ...record, requested_date: day, carried: day !== date };
  }
}

/** The newest of the dates up to a day; the days that are asked about only grow. */
function follow(dates: readonly CalendarDate[]): (day: CalendarDate) => CalendarDate | null {
  let next = 0;
  return (day) => {
    for (let date = dates[next]; date !== undefined && date <= day; date = dates[next]) next += 1;
    return dates[next - 1] ?? null;
  };
}
