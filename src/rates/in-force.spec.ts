import { toCalendarDate as day } from '../common/calendar-date.js';
import { isInForce } from './in-force.js';

const NOTHING_KNOWN = { newest: null, completeTo: null };

function fixing(date: string, previous: string | null = null, next: string | null = null) {
  return {
    date: day(date),
    previous: previous === null ? null : day(previous),
    next: next === null ? null : day(next),
    held: null,
  };
}

describe('a fixing is in force', () => {
  it('until the first later sheet without the currency', () => {
    const bgn = fixing('2025-12-31', '2025-12-30');
    const sheets = (newest: string) => ({ newest: day(newest), completeTo: null });
    expect(isInForce(bgn, day('2026-01-11'), sheets('2025-12-31'))).toBe(true);
    expect(isInForce(bgn, day('2026-01-13'), sheets('2026-01-13'))).toBe(false);
  });

  it('no longer than the bank goes without a sheet, where sheets are not known', () => {
    const usd = fixing('2017-05-20', '2017-05-19');
    expect(isInForce(usd, day('2017-06-04'), NOTHING_KNOWN)).toBe(true);
    expect(isInForce(usd, day('2017-06-05'), NOTHING_KNOWN)).toBe(false);
    const complete = { newest: day('2017-05-20'), completeTo: day('2018-01-01') };
    expect(isInForce(usd, day('2017-12-31'), complete)).toBe(true);
  });

  it('for its month, set monthly before 2010, whatever sheets came meanwhile', () => {
    const sheets = { newest: day('2005-06-20'), completeTo: null };
    expect(
      isInForce(fixing('2005-06-01', '2005-05-01', '2005-07-01'), day('2005-06-20'), sheets),
    ).toBe(true);
    // The first one of all, known by the month to its successor.
    expect(isInForce(fixing('2005-06-01', null, '2005-07-01'), day('2005-06-20'), sheets)).toBe(
      true,
    );
    // The last one of all: a month, no more.
    const last = fixing('2005-06-01', '2005-05-01');
    expect(isInForce(last, day('2005-06-30'), sheets)).toBe(true);
    expect(
      isInForce(last, day('2005-07-01'), { newest: day('2005-07-01'), completeTo: null }),
    ).toBe(false);
    // A month without a fixing.
    const gap = fixing('2005-06-01', '2005-05-01', '2005-09-01');
    expect(isInForce(gap, day('2005-07-15'), { newest: day('2005-07-15'), completeTo: null })).toBe(
      false,
    );
  });

  it('not for a month when the currency was set daily', () => {
    const sheets = { newest: day('2005-06-07'), completeTo: null };
    expect(
      isInForce(fixing('2005-06-01', '2005-05-31', '2005-06-10'), day('2005-06-07'), sheets),
    ).toBe(false);
    expect(isInForce(fixing('2005-06-01', '2005-05-31'), day('2005-06-07'), sheets)).toBe(false);
    expect(isInForce(fixing('2005-06-01', null, '2005-06-10'), day('2005-06-07'), sheets)).toBe(
      false,
    );
    const after2010 = { newest: day('2012-06-20'), completeTo: null };
    expect(
      isInForce(fixing('2012-06-01', '2012-05-01', '2012-07-01'), day('2012-06-20'), after2010),
    ).toBe(false);
  });

  it('while the bank’s own figures of later days are held', () => {
    const usd = { ...fixing('2026-04-21', '2026-04-20'), held: day('2026-04-25') };
    const sheets = (newest: string) => ({ newest: day(newest), completeTo: null });
    expect(isInForce(usd, day('2026-04-26'), sheets('2026-04-25'))).toBe(true);
    expect(isInForce(usd, day('2026-04-28'), sheets('2026-04-28'))).toBe(false);
    expect(isInForce(usd, day('2026-05-10'), NOTHING_KNOWN)).toBe(true);
    expect(isInForce(usd, day('2026-05-11'), NOTHING_KNOWN)).toBe(false);
  });

  it('no shorter than the bank goes without a sheet, whatever is complete', () => {
    const complete = { newest: null, completeTo: day('2017-05-22') };
    expect(isInForce(fixing('2017-05-20'), day('2017-06-04'), complete)).toBe(true);
    expect(isInForce(fixing('2017-05-20'), day('2017-06-05'), complete)).toBe(false);
  });

  it.each([
    // Sixteen days after the one before are no pause of the bank.
    [fixing('2005-06-01', '2005-05-17'), false],
    [fixing('2005-06-01', '2005-05-16'), true],
    // Up to forty-five days to the next are a month.
    [fixing('2005-06-01', '2005-05-01', '2005-07-16'), true],
    [fixing('2005-06-01', null, '2005-07-16'), true],
    [fixing('2005-06-01', null, '2005-07-17'), false],
    // The first of all is monthly when the next is farther away than a pause of the bank.
    [fixing('2005-06-01', null, '2005-06-17'), true],
    [fixing('2005-06-01', null, '2005-06-16'), false],
    [fixing('2005-06-01', '2005-05-01', '2005-06-10'), true],
    [fixing('2005-06-01'), false],
  ])('by the neighbours of a monthly fixing: %j, %s', (monthly, expected) => {
    const sheets = { newest: day('2005-06-15'), completeTo: null };
    expect(isInForce(monthly, day('2005-06-15'), sheets)).toBe(expected);
  });

  it('for its month until the end of 2009', () => {
    const on = (date: string, previous: string, at: string) =>
      isInForce(fixing(date, previous), day(at), { newest: day(at), completeTo: null });
    expect(on('2009-12-31', '2009-12-01', '2009-12-31')).toBe(true);
    expect(on('2009-12-30', '2009-12-01', '2009-12-31')).toBe(true);
    expect(on('2010-01-01', '2009-12-01', '2010-01-20')).toBe(false);
    expect(on('2009-12-31', '2009-12-01', '2010-01-20')).toBe(true);
  });
});
