import { toCalendarDate } from '../../common/calendar-date.js';
import { type DayKnown, standingOn } from './in-force.js';

function fixing(date: string, held: string | null = null) {
  return { date: toCalendarDate(date), held: held === null ? null : toCalendarDate(held) };
}

function known(newestSheet: string | null, more: Partial<DayKnown> = {}): DayKnown {
  return {
    newestSheet: newestSheet === null ? null : toCalendarDate(newestSheet),
    areSheetsKnownAfter: () => true,
    sheetsAskedTo: null,
    rhythm: 'daily',
    ...more,
  };
}
const on = (of: ReturnType<typeof fixing>, day: string, what: DayKnown) =>
  standingOn(of, toCalendarDate(day), what);

describe('a fixing', () => {
  it('is in force until the first later sheet without the currency', () => {
    const bgn = fixing('2025-12-31');
    expect(on(bgn, '2026-01-11', known('2025-12-31'))).toBe('in force');
    expect(on(bgn, '2026-01-13', known('2026-01-13'))).toBe('ended');
  });

  it('is in force at most for the bank’s longest gap between sheets', () => {
    const usd = fixing('2017-05-20');
    expect(on(usd, '2017-06-04', known(null))).toBe('in force');
    expect(on(usd, '2017-06-05', known(null))).toBe('ended');
    const asked = known('2017-05-20', { sheetsAskedTo: toCalendarDate('2018-01-01') });
    expect(on(usd, '2017-12-31', asked)).toBe('in force');
  });

  it('is unknown on a later day if the sheet calendar in between is unknown', () => {
    const usd = fixing('2017-05-20');
    const vague = (newest: string | null) => known(newest, { areSheetsKnownAfter: () => false });
    expect(on(usd, '2017-05-21', vague(null))).toBe('unknown');
    expect(on(usd, '2017-05-20', vague(null))).toBe('in force');
    // A sheet without the currency is sufficient, and so is a long gap.
    expect(on(usd, '2017-05-24', vague('2017-05-23'))).toBe('ended');
    expect(on(usd, '2017-06-05', vague(null))).toBe('ended');
  });

  it('needs the sheet calendar only after the last held fixing', () => {
    const asked: string[] = [];
    const noting = known(null, { areSheetsKnownAfter: (date) => asked.push(date) > 0 });
    on(fixing('2026-04-21', '2026-04-23'), '2026-04-24', noting);
    on(fixing('2026-04-21'), '2026-04-24', noting);
    expect(asked).toEqual(['2026-04-23', '2026-04-21']);
  });

  it('is valid for 31 days if set monthly before 2010, whatever sheets follow', () => {
    const bgn = fixing('2007-09-30');
    const monthly = { rhythm: 'monthly' as const, areSheetsKnownAfter: () => false };
    expect(on(bgn, '2007-10-30', known('2007-10-30', monthly))).toBe('in force');
    // Another fixing must have followed, which is not stored.
    expect(on(bgn, '2007-10-31', known('2007-10-31', monthly))).toBe('unknown');
  });

  it('is unknown within a month if the rhythm is unknown', () => {
    const bgn = fixing('2007-09-30');
    const vague = { rhythm: undefined };
    expect(on(bgn, '2007-10-30', known('2007-10-30', vague))).toBe('unknown');
    expect(on(bgn, '2007-10-31', known('2007-10-31', vague))).toBe('ended');
    expect(on(bgn, '2007-10-20', known(null, vague))).toBe('unknown');
    expect(on(fixing('2009-12-31'), '2010-01-01', known('2010-01-01', vague))).toBe('ended');
    // Without a later sheet it is in force either way.
    expect(on(bgn, '2007-10-01', known('2007-09-29', vague))).toBe('in force');
  });

  it('stays in force while later fixings of the bank are held', () => {
    const usd = fixing('2026-04-21', '2026-04-25');
    expect(on(usd, '2026-04-26', known('2026-04-25'))).toBe('in force');
    expect(on(usd, '2026-04-28', known('2026-04-28'))).toBe('ended');
    expect(on(usd, '2026-05-10', known(null))).toBe('in force');
    expect(on(usd, '2026-05-11', known(null))).toBe('ended');
  });
});
