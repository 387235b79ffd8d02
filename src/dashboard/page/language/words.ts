import type { Language } from '../values/shapes.js';
import type { Words } from './words-ru.js';

/** A browser loads the texts of one language; the service has both. */
const loaded = new Map<Language, Words>();

export async function loadWords(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  const words =
    language === 'ru'
      ? (await import('./words-ru.js')).RUSSIAN
      : (await import('./words-en.js')).ENGLISH;
  loaded.set(language, words);
}

/** Texts that `loadWords` has loaded. */
export function wordsIn(language: Language): Words {
  const words = loaded.get(language);
  if (!words) throw new Error(`The texts of ${language} are not loaded`);
  return words;
}
