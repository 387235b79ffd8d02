import { Calendar } from '../values/days.js';
import { directionOf, shown, shownChange } from '../values/digits.js';
import type { Language, Row } from '../values/shapes.js';
import { ENGLISH } from './words-en.js';
import { RUSSIAN, type Words } from './words-ru.js';

/** A language: its texts, dates and number format. */
export class Tongue {
  readonly words: Words;
  readonly days: Calendar;

  constructor(readonly language: Language) {
    this.words = language === 'ru' ? RUSSIAN : ENGLISH;
    this.days = new Calendar(language);
  }

  digits(text: string | number): string {
    return shown(text, this.language);
  }

  /** A change with its sign; the direction `down`, `up` or `same` selects the colour. */
  change(text: string): { text: string; direction: 'up' | 'down' | 'same' } {
    return { text: shownChange(text, this.language), direction: directionOf(text) };
  }

  name(row: Pick<Row, 'names'>): string {
    return row.names[this.language];
  }
}
