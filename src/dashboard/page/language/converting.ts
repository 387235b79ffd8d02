import { CONVERTING_IN_ENGLISH } from './converting-en.js';
import { CONVERTING_IN_RUSSIAN, type ConvertingWords } from './converting-ru.js';
import type { Tongue } from './tongue.js';
import type { Words } from './words-ru.js';

/** The texts of the page with those of the converter, which the other views do without. */
export function convertingWords({ language, words }: Tongue): Words & ConvertingWords {
  return { ...words, ...(language === 'ru' ? CONVERTING_IN_RUSSIAN : CONVERTING_IN_ENGLISH) };
}
