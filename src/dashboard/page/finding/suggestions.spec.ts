import type { Currency } from '../values/shapes.js';
import { distanceBetween, suggestionsFor } from './suggestions.js';

const currency = (code: string, num_code: string, name: string, name_en: string): Currency => ({
  ...{ code, num_code, name, name_en, last_date: null },
});
const KNOWN = [
  currency('USD', '840', 'Доллар США', 'US Dollar'),
  currency('EUR', '978', 'Евро', 'Euro'),
  currency('JPY', '392', 'Иен', 'Japanese Yen'),
  currency('UZS', '860', 'Узбекских сумов', 'Uzbekistan Sum'),
];

describe('suggestions for a mistyped code', () => {
  it.each([
    ['UDS', ['USD', 'UZS']],
    ['USDT', ['USD']],
    ['EURO', ['EUR']],
    ['DOLLAR', ['USD']],
    ['840', ['USD']],
    ['XXXX', []],
  ])('%s', (typed, codes) => {
    expect(suggestionsFor(typed, KNOWN).map(({ code }) => code)).toEqual(codes);
  });

  it('count swapped neighbours as one mistake', () => {
    const pairs = [
      ['UDS', 'USD'],
      ['USD', 'USD'],
      ['', 'EUR'],
      ['JYP', 'JPY'],
      ['ABC', 'XYZ'],
    ];
    expect(pairs.map(([one = '', other = '']) => distanceBetween(one, other))).toEqual([
      1, 0, 3, 1, 3,
    ]);
  });
});
