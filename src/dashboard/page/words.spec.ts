import { ENGLISH } from './words-en.js';
import { RUSSIAN } from './words-ru.js';

/** Every name in a tree of words with what it is, and how many things it has to be told. */
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

describe('the words of the page', () => {
  it('are the same in Russian and in English', () => {
    expect(shapeOf(RUSSIAN)).toEqual(shapeOf(ENGLISH));
  });

  it('count as Russian does', () => {
    const found = RUSSIAN.found as (count: number) => string;
    expect([1, 3, 11, 21, 54].map(found)).toEqual([
      '1\u00A0валюта',
      '3\u00A0валюты',
      '11\u00A0валют',
      '21\u00A0валюта',
      '54\u00A0валюты',
    ]);
  });
});
