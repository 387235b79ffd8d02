import { matches } from './finding.js';

const ROWS = [
  ['USD', 'Доллар США', 'US Dollar', '840'],
  ['EUR', 'Евро', 'Euro', '978'],
  ['JPY', 'Иен', 'Japanese Yen', '392'],
  ['CNY', 'Юань', 'China Yuan', '156'],
  ['UAH', 'Гривен', 'Ukrainian Hryvnia', '980'],
  ['INR', 'Индийских рупий', 'Indian Rupee', '356'],
  ['XDR', 'СДР (специальные права заимствования)', 'SDR', '960'],
  ['BYN', 'Белорусский рубль', 'Belarussian Ruble', '933'],
] as const;

describe('the search', () => {
  it.each([
    ['', ROWS.map(([code]) => code)],
    ['usd', ['USD']],
    ['840', ['USD']],
    ['$', ['USD']],
    ['€', ['EUR']],
    ['¥', ['JPY', 'CNY']],
    ['dollar', ['USD']],
    ['доллары', ['USD']],
    ['йена', ['JPY']],
    ['иены', ['JPY']],
    ['yen', ['JPY']],
    ['юани', ['CNY']],
    ['гривна', ['UAH']],
    ['рупия', ['INR']],
    ['  США  долл', ['USD']],
    ['белорусских', []],
    ['лар', []],
    ['₽', []],
    ['<b>', []],
  ])('%j', (search, codes) => {
    const found = ROWS.filter(([code, ru, en, number]) => {
      return matches({ code, names: { ru, en }, number }, search);
    });
    expect(found.map(([code]) => code)).toEqual(codes);
  });
});
