import { directionOf, shown, shownChange } from './digits.js';

describe('digits on the page', () => {
  it.each([
    ['75.5000', '75,5000', '75.5000'],
    ['5960.0000', '5\u00A0960,0000', '5,960.0000'],
    ['0.0000539256', '0,0000539256', '0.0000539256'],
    ['999', '999', '999'],
    ['1000000', '1\u00A0000\u00A0000', '1,000,000'],
    [
      '123456789012345678901234567.8',
      '123\u00A0456\u00A0789\u00A0012\u00A0345\u00A0678\u00A0901\u00A0234\u00A0567,8',
      '123,456,789,012,345,678,901,234,567.8',
    ],
    ['-2.1370', '\u22122,1370', '\u22122.1370'],
  ])('are unchanged: %s', (text, russian, english) => {
    expect([shown(text, 'ru'), shown(text, 'en')]).toEqual([russian, english]);
  });

  it('of a change have a sign, except for zero', () => {
    expect(['0.4500', '-0.4500', '0.0000', '-0'].map((text) => shownChange(text, 'en'))).toEqual([
      '+0.4500',
      '\u22120.4500',
      '0.0000',
      '\u22120',
    ]);
    expect(['0.01', '-0.01', '0.00'].map(directionOf)).toEqual(['up', 'down', 'same']);
  });
});
