import type { Language } from './shapes.js';

/** One comma: a thousands separator in English. */
const GROUPED_ONCE = /^[1-9]\d{0,2},\d{3}$/;
/** More separators, or two different ones, have one meaning: 1,234,567.89 and 1.234.567,89. */
const GROUPED_BY_COMMAS = /^[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?$|^[1-9]\d{0,2}(?:,\d{3})+\.\d+$/;
const GROUPED_BY_POINTS = /^[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?$|^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/;
const AMOUNT = /^\d+(?:\.\d+)?$/;

/**
 * Converts typed text to a decimal of the service, `1234.56`; null if it is not a number. A comma is the decimal
 * point in Russian, and in English if it cannot be a thousands separator.
 */
export function amountIn(typed: string, language: Language): string | null {
  const text = typed.replace(/[\s\u00A0\u202F'’_]/g, '');
  const isEnglish = language === 'en' && GROUPED_ONCE.test(text);
  const plain =
    isEnglish || GROUPED_BY_COMMAS.test(text)
      ? text.replaceAll(',', '')
      : GROUPED_BY_POINTS.test(text)
        ? text.replaceAll('.', '').replace(',', '.')
        : text.replace(',', '.');
  const whole = plain.replace(/^\./, '0.').replace(/\.$/, '');
  return AMOUNT.test(whole) ? whole.replace(/^0+(?=\d)/, '') : null;
}
