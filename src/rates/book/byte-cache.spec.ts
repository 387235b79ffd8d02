import { ByteCache } from './byte-cache.js';

it('gives each text its own value, however much the texts have in common', () => {
  const made: string[] = [];
  const cache = new ByteCache((text) => {
    made.push(text);
    return text;
  });
  // The same first and last bytes, and the same length: all that is hashed.
  const middles = ['a', 'b', 'й'];
  const texts = ['', ...middles.map((middle) => `Доллар США ${middle} Доллар США`)];
  for (const text of [...texts, ...texts]) {
    const bytes = Buffer.from(`|${text}|`);
    expect(cache.at(bytes, 1, bytes.length - 1)).toBe(text);
  }
  expect(new Set(made)).toEqual(new Set(texts));
});

it('goes on when it has seen more texts than it keeps', () => {
  const cache = new ByteCache(Number);
  const wrong = Array.from({ length: 40_000 }, (_, number) => number).filter((number) => {
    const bytes = Buffer.from(String(number));
    return cache.at(bytes, 0, bytes.length) !== number;
  });
  expect(wrong).toEqual([]);
});
