import { Calendar } from '../values/days.js';
import { directionOf, shown, shownChange } from '../values/digits.js';
import type { Language, Row } from '../values/shapes.js';
import type { Words } from './words-ru.js';
import { wordsIn } from './words.js';

/** A language whose texts are loaded: its texts, dates and number format. */
export class Tongue {
  readonly words: Words;
  readonly days: Calendar;

  constructor(readonly language: Language) {
    this.words = wordsIn(language);
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
