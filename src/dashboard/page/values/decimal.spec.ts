import fc from 'fast-check';
import {
  compare,
  difference,
  mean,
  percentBetween,
  percentOf,
  placesOf,
  rounded,
  significant,
  times,
} from './decimal.js';

describe('decimals on the page', () => {
  it('are compared by value, regardless of zeros and beyond the precision of floats', () => {
    expect(compare('75.5', '75.5000')).toBe(0);
    expect(compare('-2.137', '0.1')).toBe(-1);
    expect(compare('12345678901234567890.1', '12345678901234567890.09')).toBe(1);
  });

  it.each([
    ['0.8573219', '0.857322'],
    ['107.8812345', '107.881'],
    ['0.00001234567', '0.0000123457'],
    ['1234567.8', '1234568'],
    ['-2.5000005', '-2.50000'],
    ['75.5', '75.5'],
  ])('are rounded to six significant digits: %s', (text, rounded) => {
    expect(significant(text, 6)).toBe(rounded);
  });

  it.each([
    ['80', '84', '5.00'],
    ['75.5273', '75.52', '-0.01'],
    ['3', '4', '33.33'],
    ['1.5', '1.5000', '0.00'],
  ])('change by per cent: from %s to %s', (from, to, change) => {
    expect(percentBetween(from, to, 2)).toBe(change);
  });

  it('are multiplied exactly, and keep the requested decimals', () => {
    expect(times('-2.137', 1, 4)).toBe('-2.1370');
    expect(times('0.0000007', 1_000_000, 4)).toBe('0.7000');
    expect(times('0.00472636', 100, 4)).toBe('0.472636');
    expect(times('0', 10)).toBe('0');
  });

  it('are subtracted exactly, and rounded half to even', () => {
    expect(difference('0.12526', '75.5270')).toBe('75.40174');
    expect(difference('75.5', '75.4999')).toBe('-0.0001');
    expect(percentOf('0.12526', '75.5270', 2)).toBe('60296.18');
    expect(rounded('-0.04393333', 6)).toBe('-0.043933');
    expect(['0.125', '0.135'].map((text) => rounded(text, 2))).toEqual(['0.12', '0.14']);
  });

  it('have a mean that is summed exactly and rounded once, half to even', () => {
    expect(mean(['1.0000', '1.0001'], { places: 4 })).toBe('1.0000');
    expect(mean(['1.0001', '1.0002'], { places: 4 })).toBe('1.0002');
    expect(mean(['-1.0001', '-1.0002'], { places: 4 })).toBe('-1.0002');
    expect(mean(['0.1', '0.2', '0.3'], { places: 4 })).toBe('0.2000');
    expect(mean(['0.472636', '0.48'], { places: 4, factor: 100 })).toBe('47.6318');
    expect(mean(['1', '2'], { places: 0 })).toBe('2');
  });

  it('have a mean between minimum and maximum, and equal to equal values', () => {
    const decimal = fc
      .integer({ min: 0, max: 10_000_000 })
      .map((count) => (count / 1e4).toFixed(4));
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1, maxLength: 20 }), (texts) => {
        const sorted = texts.toSorted(compare);
        const average = mean(texts, { places: 4 });
        expect(compare(average, sorted[0] ?? '')).toBeGreaterThanOrEqual(0);
        expect(compare(average, sorted.at(-1) ?? '')).toBeLessThanOrEqual(0);
        expect(mean([average, average], { places: 4 })).toBe(average);
      }),
    );
  });

  it('have no other notation', () => {
    for (const text of ['', '1,5', '1e3', 'NaN', '.5', '+1']) {
      expect(() => placesOf(text)).toThrow(RangeError);
    }
  });
});
