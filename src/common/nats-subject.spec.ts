import { covers, overlaps } from './nats-subject.js';

/** Every list of 1 to `most` of the tokens, joined. */
function joinedUpTo(most: number, tokens: readonly string[]): string[] {
  let lists: string[][] = [[]];
  const all: string[] = [];
  for (let length = 1; length <= most; length++) {
    lists = lists.flatMap((list) => tokens.map((token) => [...list, token]));
    all.push(...lists.map((list) => list.join('.')));
  }
  return all;
}

/** By the definition, one token after the other. */
function matches(pattern: string, subject: string): boolean {
  const source = pattern
    .split('.')
    .map((token) => (token === '*' ? '[^.]+' : token === '>' ? '.+' : token))
    .join('\\.');
  return new RegExp(`^${source}$`).test(subject);
}

/** All patterns of up to three tokens of two letters, and all subjects that could tell two of them apart. */
const FIXED = joinedUpTo(3, ['a', 'b', '*']);
const PATTERNS = ['>', ...FIXED, ...joinedUpTo(2, ['a', 'b', '*']).map((head) => `${head}.>`)];
const SUBJECTS = joinedUpTo(4, ['a', 'b', 'other']);
const MATCHED = new Map(
  PATTERNS.map((pattern) => [pattern, SUBJECTS.filter((subject) => matches(pattern, subject))]),
);
const PAIRS = PATTERNS.flatMap((one) => PATTERNS.map((other) => [one, other] as const));
const matchedBy = (pattern: string) => MATCHED.get(pattern) ?? [];

describe('subjects of NATS', () => {
  it('are covered by a pattern that matches every subject that they match', () => {
    const wrong = PAIRS.filter(([pattern, other]) => {
      const wide = new Set(matchedBy(pattern));
      return covers(pattern, other) !== matchedBy(other).every((subject) => wide.has(subject));
    });
    expect(wrong).toEqual([]);
  });

  it('overlap where one subject is matched by both', () => {
    const wrong = PAIRS.filter(([one, other]) => {
      const left = new Set(matchedBy(one));
      return overlaps(one, other) !== matchedBy(other).some((subject) => left.has(subject));
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['rates.>', 'rates.events.rate_created.*', true],
    ['*.events.>', 'rates.events.rate_created.*', true],
    ['rates.events.*.*', 'rates.events.rate_created.*', true],
    ['rates.events.*.USD', 'rates.events.rate_created.*', false],
    ['rates.events.*', 'rates.events.>', false],
    ['rates.events.>', 'rates.events', false],
    ['ratesx.events.>', 'rates.events.>', false],
  ])('%s covers %s: %s', (pattern, other, isCovered) => {
    expect(covers(pattern, other)).toBe(isCovered);
  });
});
