import type { Language } from './shapes.js';

/** Formats decimals without changing digits: only separators of the language are added. */
const NO_BREAK_SPACE = '\u00A0';
const MINUS = '\u2212';
const MARKS = {
  ru: { point: ',', group: NO_BREAK_SPACE },
  en: { point: '.', group: ',' },
};

/** `5960.0000` becomes `5 960,0000` in Russian, `5,960.0000` in English. */
export function shown(text: string | number, language: Language): string {
  const { point, group } = MARKS[language];
  const [integer = '', places] = String(text).replace('-', '').split('.');
  const first = integer.length % 3;
  const thousands = integer.slice(first).match(/\d{3}/g) ?? [];
  const grouped = [...(first > 0 ? [integer.slice(0, first)] : []), ...thousands].join(group);
  const sign = String(text).startsWith('-') ? MINUS : '';
  return `${sign}${grouped}${places === undefined ? '' : point + places}`;
}

/** The same with a sign, except for zero. */
export function shownChange(text: string, language: Language): string {
  const digits = shown(text, language);
  return directionOf(text) === 'up' ? `+${digits}` : digits;
}

/** `up`, `down` or `same`, by the sign of a decimal. */
export function directionOf(text: string): 'up' | 'down' | 'same' {
  if (!/[1-9]/.test(text)) return 'same';
  return text.startsWith('-') ? 'down' : 'up';
}
