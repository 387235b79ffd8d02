import fc from 'fast-check';
import { packDecimal, unpackDecimal } from './packed-decimal.js';

const roundTrip = (text: string) => {
  const { digits, places } = packDecimal(text);
  return unpackDecimal(digits, places);
};

describe('a packed price', () => {
  it.each([
    '84.3830',
    '0.0500',
    '76',
    '5960.0000',
    '0.00000000000000012345',
    '999999999999999',
    '0.1',
  ])('round-trips digit for digit: %s', (text) => expect(roundTrip(text)).toBe(text));

  it('round-trips digit for digit, for any price', () => {
    const price = fc
      .tuple(fc.integer({ min: 1, max: 999_999_999_999_999 }), fc.integer({ min: 0, max: 20 }))
      .map(([digits, places]) => unpackDecimal(digits, places));
    fc.assert(fc.property(price, (text) => roundTrip(text) === text));
  });

  it.each(['', '.5', '5.', '05.1', '1e5', '-1', '1.2.3', '99999999999999999', '1,5'])(
    'is rejected if it would not round-trip: "%s"',
    (text) => expect(() => packDecimal(text)).toThrow(RangeError),
  );
});
