import { ByteCache } from './byte-cache.js';

it('returns the value of each text, even for texts with equal hashes', () => {
  const made: string[] = [];
  const cache = new ByteCache((text) => {
    made.push(text);
    return text;
  });
  // Equal first and last bytes and equal length: all that is hashed.
  const middles = ['a', 'b', 'й'];
  const texts = ['', ...middles.map((middle) => `Доллар США ${middle} Доллар США`)];
  for (const text of [...texts, ...texts]) {
    const bytes = Buffer.from(`|${text}|`);
    expect(cache.at(bytes, 1, bytes.length - 1)).toBe(text);
  }
  expect(new Set(made)).toEqual(new Set(texts));
});

it('works beyond its maximum number of texts', () => {
  const cache = new ByteCache(Number);
  const wrong = Array.from({ length: 40_000 }, (_, number) => number).filter((number) => {
    const bytes = Buffer.from(String(number));
    return cache.at(bytes, 0, bytes.length) !== number;
  });
  expect(wrong).toEqual([]);
});
