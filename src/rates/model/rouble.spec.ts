import { toCalendarDate as day } from '../../common/calendar-date.js';
import { derived } from '../../common/rate-arithmetic.js';
import { minorUnitOf } from './minor-units.js';
import { isRouble, priceInTodaysRoubles, roubleOf, worthOf } from './rouble.js';

describe('the rouble', () => {
  it('has two codes, which no currency has', () => {
    expect(['RUB', 'RUR', 'USD', 'rub', ''].map(isRouble)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is a different one since 1998, worth a thousand old ones', () => {
    expect([roubleOf(day('1997-12-31')), roubleOf(day('1998-01-01'))]).toEqual(['RUR', 'RUB']);
    expect([derived(worthOf('RUR')), derived(worthOf('RUB'))]).toEqual(['0.001', '1']);
    const price = (date: string) =>
      derived(priceInTodaysRoubles({ nominal: 10, value: '5960.0000' }, day(date)));
    expect([price('1997-12-31'), price('1998-01-01')]).toEqual(['0.596', '596']);
  });
});

describe('the minor unit', () => {
  it.each([
    ['USD', 2],
    ['RUB', 2],
    ['XXX', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['ADP', 0],
    ['XPF', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['XDR', null],
    ['XEU', null],
  ])('of %s has %j decimals', (code, decimals) => {
    expect(minorUnitOf(code)).toBe(decimals);
  });
});
