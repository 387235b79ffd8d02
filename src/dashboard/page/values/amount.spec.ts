import { amountIn } from './amount.js';

describe('an amount', () => {
  it.each([
    ['100', '100', '100'],
    [' 1 234,56 ', '1234.56', '1234.56'],
    ['1\u00A0234\u202F567.8', '1234567.8', '1234567.8'],
    ['1,234,567.89', '1234567.89', '1234567.89'],
    ['1,234,567', '1234567', '1234567'],
    // No number begins with a group of zeros.
    ['0,500', '0.500', '0.500'],
    ['0,000,001', null, null],
    ['0.000.001', null, null],
    ['1,234.5', '1234.5', '1234.5'],
    ['1.234.567,89', '1234567.89', '1234567.89'],
    ['1.234,5', '1234.5', '1234.5'],
    // Ambiguous input follows the language.
    ['1,234', '1.234', '1234'],
    ['1.234', '1.234', '1.234'],
    ['0,5', '0.5', '0.5'],
    [',5', '0.5', '0.5'],
    ['7.', '7', '7'],
    ['007', '7', '7'],
    ['00.5', '0.5', '0.5'],
    ['', null, null],
    ['-5', null, null],
    ['1e3', null, null],
    ['1,2,3', null, null],
    ['сто', null, null],
  ])('"%s" is %s in Russian and %s in English', (typed, russian, english) => {
    expect([amountIn(typed, 'ru'), amountIn(typed, 'en')]).toEqual([russian, english]);
  });
});
