/** Signs of text whose bytes were decoded with the wrong encoding. */
const SIGNS: readonly RegExp[] = [
  // Replacement characters, and runs of question marks in their place.
  /\ufffd|\?{3}/,
  // Not in any text: NUL from UTF-16 decoded as something else, C1 from UTF-8 decoded as Latin-1.
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/,
  // "Äîëëàð": windows-1251 read as Latin-1. The bank's own encoding does not have these letters.
  /[\u00c0-\u00ff]{3}/,
  // "Ð”Ð¾Ð»": UTF-8 read as windows-1252.
  /(?:[\u00d0\u00d1][^\u0000-\u007f]){2}/,
  // "Р”РѕР»": UTF-8 read as windows-1251. Р or С, and what no word has behind it: neither letters
  // of Russian but ё nor ASCII.
  /(?:[РС][^\u0000-\u007fА-Яа-я]){2}/,
];

/** Returns the first such sign; undefined if there is none. */
export function mojibakeIn(text: string): string | undefined {
  for (const sign of SIGNS) {
    const found = sign.exec(text);
    if (found) return text.slice(found.index, found.index + 20);
  }
  return undefined;
}
