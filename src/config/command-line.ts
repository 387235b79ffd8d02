import { existsSync } from 'node:fs';

/** The package and the image come without sources. */
const isClone = existsSync(new URL('../../src', import.meta.url));

/**
 * A command of `kurs` as it can be run where this Kurs runs: installed, its bin is on the path; in a clone,
 * npm starts it. Never `npx kurs`: outside of an installation it would fetch whatever has that name.
 */
export function commandLine(words: string): string {
  return isClone ? `npm run kurs -- ${words}` : `kurs ${words}`;
}
