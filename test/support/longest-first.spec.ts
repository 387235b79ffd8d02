import { existsSync } from 'node:fs';
import { LONG } from './longest-first.mjs';

describe('the files that start first', () => {
  it('exist, and are named once', () => {
    expect(LONG.filter((path) => !existsSync(path))).toEqual([]);
    expect(new Set(LONG).size).toBe(LONG.length);
  });
});
