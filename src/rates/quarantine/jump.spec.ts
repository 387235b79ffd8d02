import fc from 'fast-check';
import { toCalendarDate as day } from '../../common/calendar-date.js';
import { Settings } from '../../config/settings.js';
import { isJump } from './jump.js';

function figure(value: string, nominal = 1, date = '2014-12-17') {
  return { value, nominal, effective_date: day(date) };
}

describe('a jump', () => {
  it.each([
    ['100.0000', '120.0000', false],
    ['100.0000', '120.0001', true],
    ['100.0000', '80.0000', false],
    ['100.0000', '79.9999', true],
    ['0.000000000000001', '0.0000000000000012', false],
    ['0.000000000000001', '0.00000000000000121', true],
  ])('from %s to %s: %s, with a limit of 20 %', (before, now, expected) => {
    expect(isJump(figure(before), figure(now), 20)).toBe(expected);
  });

  it('by default is a misplaced decimal point, and no change that the bank ever published', () => {
    const { JUMP_LIMIT_PERCENT: percent } = new Settings();
    const now = (value: string) => isJump(figure('100'), figure(value), percent);
    expect(['1000', '10', '10000', '1'].map(now)).toEqual([true, true, true, true]);
    // The rouble in 1998, the sum in 2017.
    expect(['144', '52'].map(now)).toEqual([false, false]);
  });

  it('is not the redenomination', () => {
    const last = figure('5960.0000', 1, '1997-12-30');
    expect(isJump(last, figure('5.9600', 1, '1998-01-01'), 20)).toBe(false);
    expect(isJump(last, figure('5960.0000', 1, '1998-01-01'), 20)).toBe(true);
  });

  const cents = fc.integer({ min: 1, max: 99_999_999 });
  const nominals = fc.constantFrom(1, 10, 100, 1000, 10_000);
  const text = (amount: number) =>
    `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

  it('is not a change of the nominal', () => {
    fc.assert(
      fc.property(cents, nominals, (amount, nominal) => {
        const whole = text(amount);
        const one = figure(whole, nominal);
        const other = figure(text(amount * 10), nominal * 10);
        return !isJump(one, other, 0) && !isJump(other, one, 0);
      }),
    );
  });

  it('equals the result of integer arithmetic', () => {
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 300 }), (before, now, percent) => {
        const moved = BigInt(Math.abs(now - before)) * 100n;
        const expected = moved > BigInt(before) * BigInt(percent);
        return isJump(figure(text(before)), figure(text(now)), percent) === expected;
      }),
    );
  });
});
