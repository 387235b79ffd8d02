import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { addDays, nextMonth, toCalendarDate as day } from './calendar-date.js';
import { firstGap, joined, rangeAround } from './date-range.js';
import {
  changeOf,
  derived,
  dividedBy,
  figureOf,
  fraction,
  fractionOf,
  isGreater,
  rounded,
  sum,
  times,
  unitRate,
} from './rate-arithmetic.js';

// The same figures every time; another seed is another search.
fc.configureGlobal({ seed: Number(process.env.KURS_SEED ?? 1992_07_01), numRuns: 1_000 });

const Wide = Decimal.clone({ precision: 100, toExpNeg: -1e6, toExpPos: 1e6 });

/** Figures as the bank prints them: 1 to 15 digits, up to ten of them behind the point, zeros kept. */
const price = fc
  .tuple(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, places]) => {
    const text = String(digits).padStart(places + 1, '0');
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  });
const quotation = fc.record({
  value: price,
  nominal: fc.integer({ min: 0, max: 9 }).map((power) => 10 ** power),
});

const difference = (one: string, other: string) => changeOf(figureOf(one), figureOf(other)).change;
const changePercent = (now: string, before: string) =>
  changeOf(figureOf(now), figureOf(before)).change_percent;

describe('rate arithmetic', () => {
  it('moves the point for a unit rate, and nothing else', () => {
    expect(unitRate({ value: '53.9256', nominal: 1_000_000 })).toBe('0.0000539256');
    expect(unitRate({ value: '5960.0000', nominal: 1 })).toBe('5960');
    expect(unitRate({ value: '5960.0000', nominal: 10 })).toBe('596');
    fc.assert(
      fc.property(quotation, (each) => {
        expect(new Wide(unitRate(each)).times(each.nominal).equals(each.value)).toBe(true);
      }),
    );
  });

  it('adds, subtracts and compares exactly', () => {
    fc.assert(
      fc.property(price, price, (one, other) => {
        expect(new Wide(difference(one, other)).equals(new Wide(one).minus(other))).toBe(true);
        expect(new Wide(sum(one, other)).equals(new Wide(one).plus(other))).toBe(true);
        expect(isGreater(one, other)).toBe(new Wide(one).greaterThan(other));
      }),
    );
    expect(difference('80.722', '80.7220')).toBe('0');
    expect(difference('78.585', '80.722')).toBe('-2.137');
  });

  it('gives changes in per cent with four decimals, half even', () => {
    expect(changePercent('78.585', '80.722')).toBe('-2.6474');
    expect(changePercent('80', '80.000')).toBe('0.0000');
    // Exactly half: 0.00005 and 0.00015 per cent.
    expect(changePercent('1.0000005', '1')).toBe('0.0000');
    expect(changePercent('1.0000015', '1')).toBe('0.0002');
    expect(changePercent('0.9999985', '1')).toBe('-0.0002');
    fc.assert(
      fc.property(price, price, (now, before) => {
        const exact = new Wide(now).minus(before).times(100).div(before);
        const expected = exact.toFixed(4, Decimal.ROUND_HALF_EVEN);
        expect(changePercent(now, before)).toBe(expected === '-0.0000' ? '0.0000' : expected);
      }),
    );
  });

  it('rounds a cross rate once, to 28 significant digits', () => {
    expect(derived(fraction(1, 3))).toBe('0.3333333333333333333333333333');
    // A zero at the end is a digit, where the figure goes on.
    expect(derived(dividedBy(fraction('75.5273'), fraction('88.1020')))).toBe(
      '0.8572711175682731379537354430',
    );
    expect(derived(fraction(1, 8))).toBe('0.125');
    expect(derived(fraction(200, 3))).toBe('66.66666666666666666666666667');
    fc.assert(
      fc.property(quotation, quotation, (base, quote) => {
        const cross = derived(dividedBy(fractionOf(base), fractionOf(quote)));
        const over = new Wide(base.value).times(quote.nominal);
        const exact = over.div(new Wide(quote.value).times(base.nominal));
        const expected = exact.toSignificantDigits(28, Decimal.ROUND_HALF_EVEN);
        expect(cross).toMatch(/^[0-9.]+$/);
        expect(expected.equals(cross)).toBe(true);
        const digits = cross.replace('.', '').replace(/^0+/, '');
        // A figure of 29 digits before its point has zeros behind the 28th.
        expect(expected.equals(exact) || digits.length >= 28).toBe(true);
      }),
    );
  });

  it('writes a derived figure as a decimal library does that divides to 28 digits', () => {
    const Derived = Wide.clone({ precision: 28, rounding: Decimal.ROUND_HALF_EVEN });
    const whole = fc.oneof(
      fc.bigInt({ min: 1n, max: 10n ** 45n }),
      fc.integer({ min: 0, max: 45 }).map((power) => 10n ** BigInt(power)),
      fc
        .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }))
        .map(([power, less]) => 10n ** BigInt(power) * 10n - BigInt(less)),
    );
    fc.assert(
      fc.property(whole, whole, (over, under) => {
        const figure = Derived.div(String(over), String(under));
        const isExact = new Wide(figure).times(String(under)).equals(String(over));
        const expected = isExact
          ? figure.toFixed()
          : figure.toFixed(Math.max(0, 28 - 1 - figure.e));
        expect(derived({ over, under })).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
    // Rounding makes a digit more.
    const over = 10n ** 30n - 1n;
    expect(derived({ over, under: 10n ** 30n })).toBe('1.000000000000000000000000000');
  });

  it('rounds to fewer significant digits from the exact fraction, once', () => {
    expect(derived(fraction(1, 3), 17)).toBe('0.33333333333333333');
    expect(derived(fraction(200, 3), 10)).toBe('66.66666667');
    expect(derived(fraction(99999, 100000), 4)).toBe('1.000');
    expect(derived(fraction(1, 8), 17)).toBe('0.125');
  });

  it('converts there and back within one unit of the 26th digit', () => {
    fc.assert(
      fc.property(price, quotation, quotation, (amount, from, to) => {
        const rate = dividedBy(fractionOf(from), fractionOf(to));
        const there = derived(times(fraction(amount), rate));
        const back = derived(dividedBy(fraction(there), rate));
        const unit = new Wide(10).pow(new Wide(amount).e - 25);
        expect(new Wide(back).minus(amount).abs().lessThan(unit)).toBe(true);
      }),
    );
  });

  it('rounds amounts from the exact figure', () => {
    expect(rounded(fraction('2.675'), 2, 'half_up')).toBe('2.68');
    expect(rounded(fraction('2.665'), 2, 'half_even')).toBe('2.66');
    expect(rounded(fraction('2.665'), 2, 'half_up')).toBe('2.67');
    expect(rounded(fraction(1, 8), 2, 'half_even')).toBe('0.12');
    expect(rounded(fraction('0.5'), 0, 'half_up')).toBe('1');
    expect(rounded(fraction(5), 2, 'half_up')).toBe('5.00');
  });
});

describe('ranges of days', () => {
  const range = (from: string, to: string) => ({ from: day(from), to: day(to) });

  it('become one where they meet', () => {
    const parts = [
      range('2026-01-10', '2026-01-20'),
      range('2026-01-01', '2026-01-09'),
      range('2026-01-03', '2026-01-04'),
      range('2026-01-22', '2026-01-23'),
    ];
    const whole = joined(parts);
    expect(whole).toEqual([range('2026-01-01', '2026-01-20'), range('2026-01-22', '2026-01-23')]);
    expect(rangeAround(whole, day('2026-01-21'))).toBeUndefined();
    expect(firstGap(whole, range('2026-01-02', '2026-01-20'))).toBeUndefined();
    expect(firstGap(whole, range('2026-01-02', '2026-01-22'))).toBe('2026-01-21');
    expect(firstGap(whole, range('2025-12-31', '2026-01-02'))).toBe('2025-12-31');
    // What is joined are copies.
    expect(parts[1]).toEqual(range('2026-01-01', '2026-01-09'));
  });

  it('know the months that are shorter', () => {
    expect(nextMonth(day('2005-01-31'))).toBe('2005-02-28');
    expect(nextMonth(day('2004-12-15'))).toBe('2005-01-15');
    expect(addDays(nextMonth(day('2004-01-31')), 1)).toBe('2004-03-01');
  });
});
