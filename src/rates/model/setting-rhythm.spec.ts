import { addDays, type CalendarDate, toCalendarDate } from '../../common/calendar-date.js';
import { type SettingPeriod, settingPeriodsOf } from './setting-rhythm.js';

const ASKED = { from: toCalendarDate('1992-07-01'), to: toCalendarDate('2009-12-31') };

function days(...texts: string[]): CalendarDate[] {
  return texts.map(toCalendarDate);
}

/** Tuesday to Saturday. */
function workdays(from: string, to: string): CalendarDate[] {
  const all: CalendarDate[] = [];
  for (let day = toCalendarDate(from); day <= to; day = addDays(day, 1)) {
    if (new Date(day).getUTCDay() >= 2) all.push(day);
  }
  return all;
}

function monthly(periods: readonly SettingPeriod[]): string[] {
  return periods
    .filter(({ rhythm }) => rhythm === 'monthly')
    .map(({ from, to }) => `${from} ${to}`);
}

describe('the rhythm of a currency', () => {
  it.each([
    [
      'on the first of each month',
      days('2005-05-01', '2005-06-01', '2005-07-01'),
      '2005-05-01 2005-07-31',
    ],
    [
      'on the last day of each month',
      days('2006-08-31', '2006-09-30', '2006-10-31'),
      '2006-08-31 2006-11-30',
    ],
    [
      'from the first to the last day of the month',
      days('2006-07-01', '2006-08-01', '2006-08-31'),
      '2006-07-01 2006-09-30',
    ],
    ['two months of all', days('2006-08-31', '2006-09-30'), '2006-08-31 2006-10-30'],
    ['until the end of 2009', days('2009-11-30', '2009-12-31'), '2009-11-30 2009-12-31'],
  ])('is monthly %s', (_, dates, expected) => {
    expect(monthly(settingPeriodsOf(dates, ASKED))).toEqual([expected]);
  });

  it.each([
    ['set every working day', workdays('1999-01-01', '2004-12-31')],
    [
      'set every week, with a pause of three weeks',
      days('1994-03-01', '1994-03-08', '1994-03-15', '1994-04-05', '1994-04-12'),
    ],
    [
      'that pauses for a month',
      [...workdays('1994-03-01', '1994-03-31'), ...workdays('1994-05-01', '1994-06-01')],
    ],
    ['set once', days('1996-02-06')],
    ['set twice within months', days('1996-02-06', '1996-05-07')],
    ['never set', []],
  ])('is daily for a currency %s', (_, dates) => {
    expect(settingPeriodsOf(dates, ASKED)).toEqual([{ ...ASKED, rhythm: 'daily' }]);
  });

  it('changes with the period, and covers every requested day', () => {
    const dates = [
      ...workdays('1997-11-01', '1998-01-31'),
      ...days('1998-02-01', '1998-03-01', '1998-04-01', '1998-05-01', '1998-06-01'),
      ...workdays('1998-06-09', '1998-06-30'),
    ];
    expect(settingPeriodsOf(dates, ASKED)).toEqual([
      { from: '1992-07-01', to: '1998-01-31', rhythm: 'daily' },
      { from: '1998-02-01', to: '1998-06-08', rhythm: 'monthly' },
      { from: '1998-06-09', to: '2009-12-31', rhythm: 'daily' },
    ]);
  });

  it('allows a month without a fixing: the previous one is valid for 31 days', () => {
    const dates = days('2005-05-01', '2005-06-01', '2005-09-01', '2005-10-01');
    expect(monthly(settingPeriodsOf(dates, ASKED))).toEqual([
      '2005-05-01 2005-07-01',
      '2005-09-01 2005-10-31',
    ]);
  });

  it('is derived only for requested days, until 2009', () => {
    const asked = { from: toCalendarDate('2009-11-01'), to: toCalendarDate('2010-02-01') };
    expect(settingPeriodsOf(days('2009-11-01', '2009-12-01', '2010-01-12'), asked)).toEqual([
      { from: '2009-11-01', to: '2009-12-31', rhythm: 'monthly' },
    ]);
  });
});
