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
});
