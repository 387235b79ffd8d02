import { isRounded } from './results.js';

describe('a result', () => {
  it.each([
    ['80249.1', '80249.10', false],
    ['0', '0.00', false],
    ['8024.91', '8024.91', false],
    ['8024.914', '8024.91', true],
    ['1.5', null, false],
  ])('%s, shown as %s, is rounded: %s', (result, rounded, expected) => {
    expect(isRounded({ result, rounded } as never)).toBe(expected);
  });
});
