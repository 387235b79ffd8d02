import { toCalendarDate as day } from '../../common/calendar-date.js';
import { HeldDays } from './held-days.js';

const held = (cbr_id: string, code: string, date: string) => ({
  ...{ cbr_id, code, effective_date: day(date) },
});
const HELD = new HeldDays([
  held('R01235', 'USD', '2026-04-21'),
  held('R01239', 'EUR', '2026-04-21'),
  held('R01235', 'USD', '2026-04-23'),
]);
const newest = (id: string | null, after: string, to: string) =>
  HELD.newest(id, day(after), day(to));

describe('days with a held fixing', () => {
  it('include the newest after a fixing, up to the given day', () => {
    expect(newest('R01235', '2026-04-20', '2026-04-30')).toBe('2026-04-23');
    expect(newest('R01235', '2026-04-20', '2026-04-23')).toBe('2026-04-23');
    expect(newest('R01235', '2026-04-20', '2026-04-22')).toBe('2026-04-21');
    expect(newest('R01239', '2026-04-20', '2026-04-30')).toBe('2026-04-21');
  });

  it('exclude days before the fixing, its own day, and other currencies', () => {
    expect(newest('R01235', '2026-04-23', '2026-04-30')).toBeNull();
    expect(newest('R01235', '2026-04-19', '2026-04-20')).toBeNull();
    expect(newest('R01010', '2026-04-20', '2026-04-30')).toBeNull();
    expect(newest(null, '2026-04-20', '2026-04-30')).toBeNull();
    expect(HeldDays.NONE.newest('R01235', day('2026-04-20'), day('2026-04-30'))).toBeNull();
  });

  it('list the codes of a range, distinct and sorted', () => {
    const codes = (from: string, to: string, among?: string[]) =>
      HELD.codesWithin({ from: day(from), to: day(to) }, among);
    expect(codes('2026-04-21', '2026-04-23')).toEqual(['EUR', 'USD']);
    expect(codes('2026-04-22', '2026-04-30')).toEqual(['USD']);
    expect(codes('2026-04-23', '2026-04-23')).toEqual(['USD']);
    expect(codes('2026-04-24', '2026-04-30')).toEqual([]);
    expect(codes('2026-04-01', '2026-04-20')).toEqual([]);
    expect(codes('2026-04-21', '2026-04-23', ['EUR', 'GBP'])).toEqual(['EUR']);
  });
});
