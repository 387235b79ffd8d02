import { lineThrough, loadedPeriod, rangeStart, sparkStart } from './series.js';

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

  it('opens with a year, or with the longest shorter period that is loaded', () => {
    const period = (first: string) => loadedPeriod(first, '2026-04-25');
    expect(period('2025-04-26')).toBe('1y');
    // A range may begin with a holiday.
    expect(period('2025-05-06')).toBe('1y');
    expect(period('2026-01-26')).toBe('1m');
    // Thirty days, counted from today.
    expect(period('2026-03-28')).toBe('1m');
    expect(period('2026-04-21')).toBe('1w');
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
