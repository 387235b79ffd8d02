import { retryAfterMs } from './retry-after.js';

const NOW = new Date('2026-04-24T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    ['999999999', 999_999_999_000],
    ['Fri, 24 Apr 2026 12:10:00 GMT', 600_000],
    ['Friday, 24-Apr-26 12:10:00 GMT', 600_000],
    ['Fri Apr 24 12:10:00 2026', 600_000],
    ['Fri, 24 Apr 2026 11:00:00 GMT', 0],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(retryAfterMs(text, NOW)).toBe(milliseconds);
  });

  it.each([
    '',
    '-1',
    '1.5',
    '1e3',
    'soon',
    '2026-04-24T13:00:00Z',
    'Fri, 99 Foo 2026 12:00:00 GMT',
  ])('"%s" says nothing', (text) => {
    expect(retryAfterMs(text, NOW)).toBeUndefined();
  });
});
