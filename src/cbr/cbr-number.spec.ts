import { readUnitRate, readValue } from './cbr-number.js';

describe('a value', () => {
  it.each([
    ['75,5273', '75.5273'],
    ['76', '76'],
    ['0,0012', '0.0012'],
    ['0,5', '0.5'],
    ['75,5200', '75.5200'],
    ['5960,0000', '5960.0000'],
    ['5\u00a0960,0000', '5960.0000'],
    ['5 960,0000', '5960.0000'],
    ['55\u00a0960', '55960'],
    ['555\u00a0960,5', '555960.5'],
    ['1\u00a0234\u00a0567,89', '1234567.89'],
    ['123456789012,345', '123456789012.345'],
  ])('%j is %s', (printed, value) => {
    expect(readValue(printed)).toBe(value);
  });

  it.each([
    ...['', ',', ',5', '5,', '5,5,5', '75.5273', '-1', '+1', '1E5', '0', '0,0000', 'x5,5', '5,5x'],
    ...['5\u00a096', '5\u00a09600', '5555\u00a0960', '\u00a0960', '5\u00a0', '5\u00a0960,'],
    ...['5\u00a0\u00a0960', '5\u00a0960\u00a00', 'x5\u00a0960', '5\u00a0960x', '5\u00a0960,x'],
    ...['x\u00a0960', '5\u00a0xyz', 'abc', '5,x', '1234567890123,456'],
    // No zeros in front: JSON has no such number, and the bank never prints one.
    ...['075,5273', '00,5', '000,5', '07', '0\u00a0075,5', '05\u00a0960,0', '000\u00a0960'],
  ])('is not %j', (printed) => {
    expect(readValue(printed)).toBeUndefined();
  });
});

describe('a unit rate', () => {
  const longest = '1'.repeat(40);
  it.each([
    ['75,5273', '75.5273'],
    ['75', '75'],
    ['5,39256E-05', '5.39256E-05'],
    ['5E-05', '5E-05'],
    ['5E5', '5E5'],
    ['5E+123', '5E+123'],
    [`${longest},${longest}`, `${longest}.${longest}`],
  ])('%j is %s', (printed, unitRate) => {
    expect(readUnitRate(printed)).toBe(unitRate);
  });

  it.each([
    ...['', '5,', ',5', '5.5', 'x5', '5x', '5E', '5E-', '5E1234', 'E5', '5e5', '-5', '5,x', '5Ex'],
    ...[`1${longest}`, `1,1${longest}`, '5,5,5', '5E5,5'],
  ])('is not %j', (printed) => {
    expect(readUnitRate(printed)).toBeUndefined();
  });
});
