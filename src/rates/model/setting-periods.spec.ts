import { toCalendarDate } from '../../common/calendar-date.js';
import { SettingPeriods } from './setting-periods.js';
import type { Rhythm } from './setting-rhythm.js';

const day = toCalendarDate;
const line = (from: string, to: string, rhythm: Rhythm, cbr_id = 'R01100') => ({
  ...{ cbr_id, rhythm, from_date: day(from), to_date: day(to) },
});

describe('the known rhythm of a currency', () => {
  it('of a day is the one recorded last', () => {
    const periods = new SettingPeriods([
      line('1998-01-01', '2009-12-31', 'daily'),
      line('1998-02-01', '2009-12-31', 'monthly'),
      line('2005-01-01', '2005-01-31', 'daily'),
      line('2005-01-01', '2005-01-31', 'monthly', 'R01060'),
    ]);
    const days = ['1997-12-31', '1998-01-31', '1998-02-01', '2005-01-15', '2005-02-01'];
    expect(days.map((each) => periods.on('R01100', day(each)))).toEqual([
      ...[undefined, 'daily', 'monthly', 'daily', 'monthly'],
    ]);
    expect(periods.daysOf('R01100', 'monthly')).toEqual([
      { from: '1998-02-01', to: '2004-12-31' },
      { from: '2005-02-01', to: '2009-12-31' },
    ]);
    expect(periods.on('R01060', day('2005-01-15'))).toBe('monthly');
  });

  it('is daily from 2010 on: every currency is in daily sheets', () => {
    expect(SettingPeriods.NONE.on('R01100', day('2010-01-01'))).toBe('daily');
    expect(SettingPeriods.NONE.on('R01100', day('2009-12-31'))).toBeUndefined();
    const later = { from: day('2010-01-01'), to: day('2026-01-01') };
    expect(SettingPeriods.NONE.isKnown('R01100', later)).toBe(true);
    expect(SettingPeriods.NONE.isKnown('R01100', { ...later, from: day('2009-12-31') })).toBe(
      false,
    );
  });

  it('is complete if every day until the end of 2009 has a rhythm', () => {
    const periods = new SettingPeriods([
      line('1992-07-01', '1998-01-31', 'daily'),
      line('1998-02-01', '2009-12-31', 'monthly'),
    ]);
    const range = { from: day('1992-07-01'), to: day('2026-01-01') };
    expect(periods.isKnown('R01100', range)).toBe(true);
    expect(periods.isKnown('R01060', range)).toBe(false);
    const early = { ...range, from: day('1992-06-30') };
    expect(periods.isKnown('R01100', early)).toBe(false);
  });
});
