import { toCalendarDate as day } from '../common/calendar-date.js';
import { daysToAsk, type KnownDays, nextTryAt } from './days-to-ask.js';

const ranges = (...pairs: [from: string, to: string][]) =>
  pairs.map(([from, to]) => ({ from: day(from), to: day(to) }));
const failed = (date: string, next: string | null) => ({
  date: day(date),
  next_try_at: next === null ? null : new Date(next),
});
const asked = (end: string, known: Partial<KnownDays>, today: string, isForced = false) => {
  const now = new Date(`${today}T09:00:00Z`);
  const time = { now, today: day(today), isForced };
  const nothing = { covered: [], missing: [], newest: null };
  return daysToAsk(day(end), { ...nothing, ...known }, time);
};

describe('the days to ask about', () => {
  it('are those that nobody has asked about, between what is covered and the newest sheet', () => {
    const covered = ranges(['2026-04-20', '2026-04-21'], ['2026-04-24', '2026-04-24']);
    const days = asked('2026-04-26', { covered }, '2026-04-25');
    expect(days.untried).toEqual(['2026-04-22', '2026-04-23', '2026-04-25']);
    expect(days.isTodaySettled).toBe(false);
  });

  it('are those after the newest sheet, too: one may have come late', () => {
    const known = { covered: ranges(['2026-04-20', '2026-04-24']), newest: day('2026-04-22') };
    expect(asked('2026-04-25', known, '2026-04-24').untried).toEqual(['2026-04-23', '2026-04-24']);
  });

  it('are none to come', () => {
    const covered = ranges(['2026-04-20', '2026-04-21']);
    expect(asked('2026-05-01', { covered }, '2026-04-22').untried).toEqual(['2026-04-22']);
  });

  it('are the last 31 at most, and none before the first that is known', () => {
    const covered = ranges(['2026-01-01', '2026-01-01']);
    const { untried } = asked('2026-06-10', { covered }, '2026-06-09');
    expect([untried.length, untried[0], untried.at(-1)]).toEqual([31, '2026-05-10', '2026-06-09']);
    expect(
      asked('2026-06-10', { covered: ranges(['2026-06-09', '2026-06-09']) }, '2026-06-09').untried,
    ).toEqual([]);
  });

  it('are today alone of an empty database that meets tomorrow’s sheet', () => {
    expect(asked('2026-04-25', {}, '2026-04-24').untried).toEqual(['2026-04-24']);
    expect(asked('2026-04-24', {}, '2026-04-24').untried).toEqual([]);
  });

  it('are the missing days that are due, for a request also those that are not due yet', () => {
    const missing = [
      failed('2026-01-10', null),
      failed('2026-01-11', '2026-04-24T09:00:00Z'),
      failed('2026-04-22', '2026-04-24T09:00:01Z'),
      failed('2026-04-23', '2027-04-24T09:00:00Z'),
      failed('2026-04-25', '2026-04-24T09:00:00Z'),
    ];
    const covered = ranges(['2026-04-20', '2026-04-21'], ['2026-04-24', '2026-04-24']);
    const known = { covered, missing };
    // A pause of a year: the clock was set back since.
    expect(asked('2026-04-25', known, '2026-04-24')).toEqual({
      ...{ untried: [], again: ['2026-01-11', '2026-04-23'], isTodaySettled: true },
    });
    expect(asked('2026-04-25', known, '2026-04-24', true).again).toEqual([
      ...['2026-01-11', '2026-04-22', '2026-04-23'],
    ]);
  });

  it('are asked for again after pauses that double, up to a day', () => {
    const start = new Date('2026-04-24T00:00:00Z');
    const hours = (tries: number, hasNoAnswer = false) =>
      (nextTryAt(start, tries, hasNoAnswer).getTime() - start.getTime()) / 3_600_000;
    expect([1, 2, 5, 6, 7, 400].map((tries) => hours(tries))).toEqual([1, 2, 16, 24, 24, 24]);
    expect(hours(1, true) * 60).toBe(10);
  });
});
