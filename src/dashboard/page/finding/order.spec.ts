import { ordered } from './order.js';
import { changeOf } from '../values/series.js';
import type { SortKey } from './sort-keys.js';
import type { Rate, Row } from '../values/shapes.js';

const row = (code: string, russian: string, english: string, today: Partial<Rate> | null): Row => ({
  ...{ code, names: { ru: russian, en: english }, next: null, isHeld: false },
  today: today as Rate | null,
});
const ROWS = [
  row('USD', 'Доллар США', 'US Dollar', {
    ...{ value: '75.5273', rate: '75.5273' },
    change_percent: '-0.5',
    num_code: '840',
  }),
  row('EUR', 'Евро', 'Euro', {
    value: '108.1020',
    rate: '108.102',
    change_percent: '10.2',
    num_code: '978',
  }),
  row('XDR', 'СДР (специальные права)', 'SDR', {
    value: '103.3893',
    rate: '103.3893',
    change_percent: null,
  }),
  row('JPY', 'Иен', 'Japanese Yen', {
    value: '99.2636',
    nominal: 100,
    rate: '0.992636',
    change_percent: '9.9',
    num_code: '392',
  }),
  row('NEW', 'Ёлка', 'Fir', null),
];
const WISH = {
  search: '',
  favourites: [] as string[],
  isOnlyFavourites: false,
  language: 'ru',
} as const;
const codes = (key: SortKey, isDescending: boolean, wish: object = {}) =>
  ordered(ROWS, { ...WISH, sort: { key, isDescending }, ...wish }).map(({ code }) => code);

describe('the order of rows', () => {
  it('is numeric, of one unit, and rows without a figure come last in both directions', () => {
    expect(codes('value', false)).toEqual(['JPY', 'USD', 'XDR', 'EUR', 'NEW']);
    expect(codes('value', true)).toEqual(['EUR', 'XDR', 'USD', 'JPY', 'NEW']);
    expect(codes('change', false)).toEqual(['USD', 'JPY', 'EUR', 'NEW', 'XDR']);
    expect(codes('change', true)).toEqual(['EUR', 'JPY', 'USD', 'NEW', 'XDR']);
  });

  it('follows the language', () => {
    expect(codes('name', true)).toEqual(['XDR', 'JPY', 'NEW', 'EUR', 'USD']);
    expect(codes('name', true, { language: 'en' })).toEqual(['USD', 'XDR', 'JPY', 'NEW', 'EUR']);
  });

  it('by name begins with the dollar, the euro and the yuan, after favourites', () => {
    expect(codes('name', false)).toEqual(['USD', 'EUR', 'NEW', 'JPY', 'XDR']);
    const favourites = ['XDR', 'EUR'];
    expect(codes('name', false, { favourites })).toEqual(['EUR', 'XDR', 'USD', 'NEW', 'JPY']);
    expect(codes('code', false, { favourites })).toEqual(['EUR', 'XDR', 'JPY', 'NEW', 'USD']);
  });

  it('has favourites first, or only favourites', () => {
    const favourites = ['USD', 'JPY'];
    expect(codes('code', true, { favourites })).toEqual(['USD', 'JPY', 'XDR', 'NEW', 'EUR']);
    expect(codes('code', false, { favourites, isOnlyFavourites: true })).toEqual(['JPY', 'USD']);
  });
});

describe('the change', () => {
  it('is for the nominal of the value, with the same decimals', () => {
    const rate = { value: '47.2636', nominal: 100, change: '0.0045' } as Rate;
    expect(changeOf(rate)).toBe('0.4500');
    expect(changeOf({ ...rate, change: '-0.00000012' })).toBe('-0.000012');
    expect(changeOf({ ...rate, change: null })).toBeNull();
    expect(changeOf(null)).toBeNull();
  });
});
