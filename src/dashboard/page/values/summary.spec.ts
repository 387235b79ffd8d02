import { figureOf, measureOf, summaryOf } from './summary.js';

const fixing = (effective_date: string, value: string, nominal = 1, rate = value) => ({
  ...{ effective_date, value, nominal, rate },
});
const summed = (fixings: Parameters<typeof measureOf>[0], isCross = false) =>
  summaryOf(fixings, measureOf(fixings, isCross));

describe('the statistics of a range', () => {
  const ACROSS_1998 = [
    fixing('1997-12-30', '5960.0000', 1, '5.96'),
    fixing('1998-01-01', '5.9600'),
    fixing('1998-01-06', '5.9580'),
  ];

  it('are in today’s roubles from end to end if the range begins before 1998', () => {
    expect(measureOf(ACROSS_1998, false).isRestated).toBe(true);
    expect(measureOf(ACROSS_1998.slice(1), false).isRestated).toBe(false);
    expect(summed(ACROSS_1998)).toEqual({
      low: { figure: '5.9580', date: '1998-01-06' },
      high: { figure: '5.9600', date: '1997-12-30' },
      average: '5.9593',
      change: { figure: '-0.0020', percent: '-0.03', from: '1997-12-30', to: '1998-01-06' },
      count: 3,
    });
  });

  it('keep every digit of an old rouble', () => {
    const fixings = [
      fixing('1992-07-01', '125.2600', 1, '0.12526'),
      fixing('2026-04-25', '75.5270'),
    ];
    expect(summed(fixings)).toMatchObject({
      low: { figure: '0.12526', date: '1992-07-01' },
      change: { figure: '75.40174', percent: '60196.18' },
    });
  });

  it('count all prices for the nominal of the last one', () => {
    const fixings = [
      fixing('2020-12-30', '10.0950', 1),
      fixing('2020-12-31', '98.0000', 10, '9.8'),
      fixing('2021-01-12', '10.0951', 1),
      fixing('2021-01-13', '99.7500', 10, '9.975'),
    ];
    expect(summed(fixings)).toMatchObject({
      low: { figure: '98.0000', date: '2020-12-31' },
      high: { figure: '100.9510', date: '2021-01-12' },
      average: '99.9128',
      change: { figure: '-1.2000', percent: '-1.19' },
    });
  });

  it('of a cross rate have six significant digits, and are in no rouble', () => {
    const fixings = [
      fixing('1997-12-30', '0.901234', 1, '0.9012344444444444444444444444'),
      fixing('2026-04-25', '0.857301', 1, '0.8573011111111111111111111111'),
    ];
    const measure = measureOf(fixings, true);
    expect(measure.isRestated).toBe(false);
    expect(figureOf('0.9012344444444444444444444444', measure)).toBe('0.901234');
    expect(summed(fixings, true)).toMatchObject({
      average: '0.879268',
      change: { figure: '-0.043933', percent: '-4.87' },
    });
  });

  it('name the first of the days that have the same price', () => {
    const fixings = [
      fixing('2026-04-22', '75.0000'),
      fixing('2026-04-23', '76.0000'),
      fixing('2026-04-24', '75.0000'),
      fixing('2026-04-25', '76.0000'),
    ];
    expect(summed(fixings)).toMatchObject({
      low: { date: '2026-04-22' },
      high: { date: '2026-04-23' },
    });
  });

  it('of one fixing have no change; of none there are none', () => {
    expect(summed([fixing('2026-04-25', '75.5270')])?.change).toMatchObject({
      ...{ figure: '0.0000', percent: '0.00' },
    });
    expect(summed([])).toBeNull();
  });
});
