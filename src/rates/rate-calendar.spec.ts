import { type CalendarDate, toCalendarDate as day } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { HeldDays } from './held-days.js';
import { everyDay } from './rate-calendar.js';
import type { RateRecord } from './rate-record.js';

type Source = RateRecord['source'];
const record = (date: string, source: Source = 'cbr') =>
  ({ cbr_id: 'R01235', code: 'USD', effective_date: day(date), source }) as RateRecord;
const days = (...dates: string[]): CalendarDate[] => dates.map(day);
const range = (from: string, to: string): DateRange => ({ from: day(from), to: day(to) });

interface Known {
  dates?: CalendarDate[];
  covered?: DateRange[];
  held?: HeldDays;
}

async function filled(
  pages: RateRecord[][],
  within: DateRange,
  { dates = [], covered = [], held = HeldDays.NONE }: Known = {},
): Promise<string[]> {
  const found: string[] = [];
  for await (const page of everyDay(pagesOf(pages), within, { dates, covered, held })) {
    for (const { requested_date, effective_date, carried } of page) {
      expect(carried).toBe(requested_date !== effective_date);
      found.push(`${requested_date} ${effective_date}`);
    }
  }
  return found;
}

async function* pagesOf(pages: RateRecord[][]): AsyncGenerator<RateRecord[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

describe('every day of a range', () => {
  it('has its own fixing, or the one before carried on', async () => {
    const pages = [[record('2026-04-24'), record('2026-04-25')], [record('2026-04-28')]];
    expect(await filled(pages, range('2026-04-25', '2026-04-29'))).toEqual([
      '2026-04-25 2026-04-25',
      '2026-04-26 2026-04-25',
      '2026-04-27 2026-04-25',
      '2026-04-28 2026-04-28',
      '2026-04-29 2026-04-28',
    ]);
  });

  it('begins with a fixing of an earlier day, and ends with the range', async () => {
    const pages = [[record('2026-04-21'), record('2026-05-05')]];
    expect(await filled(pages, range('2026-04-23', '2026-04-24'))).toEqual([
      '2026-04-23 2026-04-21',
      '2026-04-24 2026-04-21',
    ]);
    expect(await filled([], range('2026-04-23', '2026-04-24'))).toEqual([]);
  });

  it('has none from the first sheet without the currency on', async () => {
    const pages = [[record('2026-04-21'), record('2026-04-25')]];
    const dates = days('2026-04-20', '2026-04-21', '2026-04-23', '2026-04-24', '2026-04-25');
    expect(await filled(pages, range('2026-04-21', '2026-04-26'), { dates })).toEqual([
      '2026-04-21 2026-04-21',
      '2026-04-22 2026-04-21',
      '2026-04-25 2026-04-25',
      '2026-04-26 2026-04-25',
    ]);
  });

  it('keeps the last good fixing while the bank’s own figure is held', async () => {
    const dates = days('2026-04-21', '2026-04-22');
    const held = new HeldDays([
      { cbr_id: 'R01235', code: 'USD', effective_date: day('2026-04-22') },
    ]);
    const within = range('2026-04-21', '2026-04-23');
    expect(await filled([[record('2026-04-21')]], within, { dates, held })).toHaveLength(3);
    expect(await filled([[record('2026-04-21')]], within, { dates })).toHaveLength(1);
  });

  it('is carried past the longest gap only where whole sheets were asked for', async () => {
    const within = range('2026-01-01', '2026-01-31');
    expect(await filled([[record('2026-01-01')]], within)).toHaveLength(16);
    const covered = [range('2026-01-01', '2026-01-20')];
    expect(await filled([[record('2026-01-01')]], within, { covered })).toHaveLength(20);
  });

  it('keeps what a person made, whatever sheets came meanwhile', async () => {
    const dates = days('2026-04-22');
    const pages = [[record('2026-04-21', 'manual')]];
    expect(await filled(pages, range('2026-04-21', '2026-06-30'), { dates })).toHaveLength(71);
  });

  it('knows by both neighbours what was set monthly before 2010', async () => {
    const dates = days('2005-06-01', '2005-06-02');
    const monthly = [[record('2005-05-01')], [record('2005-06-01')], [record('2005-07-01')]];
    const within = range('2005-06-01', '2005-06-30');
    expect(await filled(monthly, within, { dates })).toHaveLength(30);
    const last = monthly.slice(0, 2);
    expect(await filled(last, range('2005-06-01', '2005-07-31'), { dates })).toHaveLength(30);
    const daily = [[record('2005-05-31'), record('2005-06-01'), record('2005-06-10')]];
    expect(await filled(daily, range('2005-06-01', '2005-06-09'), { dates })).toHaveLength(1);
  });
});
