import { mojibakeIn } from './mojibake.js';

describe('a sign that a text was misread', () => {
  it.each([
    ['a replacement character', 'Дол\ufffdар', '\ufffdар'],
    ['lost letters', 'ID ???', '???'],
    ['NUL', 'a\u0000b', '\u0000b'],
    ['a control character before the tabulator', 'a\u0008', '\u0008'],
    ['one behind the line’s end', '\u000e', '\u000e'],
    ['the last of them', '\u001f', '\u001f'],
    ['DEL', '\u007f', '\u007f'],
    ['a letter of C1', '\u009f', '\u009f'],
    ['windows-1251 read as Latin-1', 'Äîë', 'Äîë'],
    ['the outermost letters of Latin-1', 'x\u00c0\u00ff\u00c0', '\u00c0\u00ff\u00c0'],
    ['UTF-8 read as windows-1252', 'Ð”Ñ‚', 'Ð”Ñ‚'],
    ['UTF-8 read as windows-1251', 'РўРѕ', 'РўРѕ'],
    ['the same behind С', 'С‚С‹', 'С‚С‹'],
  ])('is %s', (_, text, sign) => {
    expect(mojibakeIn(text)).toBe(sign);
  });

  it('is shown with no more than twenty characters', () => {
    expect(mojibakeIn(`Доллар ???${'x'.repeat(50)}`)).toBe(`???${'x'.repeat(17)}`);
  });

  it.each([
    'Доллар США',
    'СДР (специальные права заимствования)',
    'РСФСР, ССРР',
    'Расчётный рубль',
    'Рё Со',
    'What? Really??',
    'a\tb\r\nc\u000bd',
    'Ðx Ñx',
    'Р№, С№1',
    'Crème brûlée',
    'Çà va',
    '\u00bf\u00d7',
  ])('is not in %j', (text) => {
    expect(mojibakeIn(text)).toBeUndefined();
  });
});
