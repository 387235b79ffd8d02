import { ENGLISH } from './words-en.js';
import { RUSSIAN } from './words-ru.js';

/** Shape of a tree of texts: each key with its type and, for functions, the number of parameters. */
function shapeOf(words: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(words).map(([name, word]: [string, unknown]) => [
      name,
      typeof word === 'function'
        ? `needs ${word.length}`
        : typeof word === 'object' && word !== null
          ? shapeOf(word)
          : typeof word,
    ]),
  );
}

describe('the texts of the page', () => {
  it('have the same keys in Russian and English', () => {
    expect(shapeOf(RUSSIAN)).toEqual(shapeOf(ENGLISH));
  });

  it('use the Russian plural forms', () => {
    expect([1, 3, 11, 21, 54].map(RUSSIAN.found)).toEqual([
      '1\u00A0валюта',
      '3\u00A0валюты',
      '11\u00A0валют',
      '21\u00A0валюта',
      '54\u00A0валюты',
    ]);
  });
});
