import { lineThrough, rangeStart, sparkStart, summaryOf } from './series.js';

const fixing = (effective_date: string, value: string, nominal = 1, rate = value) => ({
  ...{ effective_date, value, nominal, rate },
});

describe('a history', () => {
  it('starts a month, a year or five years before its last day, or with the bank’s first sheet', () => {
    const start = (range: '1m' | '1y' | '5y' | 'all') => rangeStart(range, '2026-03-31');
    expect([start('1m'), start('1y'), start('5y'), start('all')]).toEqual([
      '2026-02-28',
      '2025-03-31',
      '2021-03-31',
      '1992-07-01',
    ]);
    expect(sparkStart('2026-04-30')).toBe('2026-04-01');
  });

  it('has minimum and maximum by unit price, with digits as published', () => {
    const summary = summaryOf([
      fixing('2020-12-30', '10.0950', 1),
      fixing('2020-12-31', '98.0000', 10, '9.8'),
      fixing('2021-01-12', '99.7500', 10, '9.975'),
      fixing('2021-01-13', '10.0950', 1),
    ]);
    expect(summary?.low).toMatchObject({ value: '98.0000', nominal: 10 });
    expect(summary?.high).toMatchObject({ effective_date: '2020-12-30', value: '10.0950' });
    expect(summary).toMatchObject({ average: '9.9912', nominal: 1, places: 4, count: 4 });
    expect(summaryOf([])).toBeNull();
  });

  it('compares old roubles in new ones', () => {
    const summary = summaryOf([
      fixing('1997-12-30', '5960.0000', 1, '5.96'),
      fixing('1998-01-01', '5.9600'),
      fixing('1998-01-06', '5.9580'),
    ]);
    expect(summary?.high.effective_date).toBe('1997-12-30');
    expect(summary?.average).toBe('5.9593');
  });

  it('is drawn to scale in days and prices', () => {
    const box = { width: 104, height: 24, margin: 2 };
    const rates = ['10', '20', '15'].map((rate, index) => ({
      effective_date: `2026-04-0${[1, 2, 5][index]}`,
      rate,
    }));
    const days = { from: '2026-04-01', to: '2026-04-05' };
    expect(lineThrough(rates, box, days)).toBe('2.0,22.0 27.0,2.0 102.0,12.0');
    const flat = rates.map((each) => ({ ...each, rate: '7' }));
    expect(lineThrough(flat, box, days)).toBe('2.0,12.0 27.0,12.0 102.0,12.0');
    // A partially loaded range fills part of the box.
    expect(lineThrough(rates.slice(1), box, days)).toBe('27.0,2.0 102.0,22.0');
  });
});
