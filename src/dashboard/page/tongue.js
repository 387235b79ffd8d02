import { Calendar } from './days.js';
import { directionOf, shown, shownChange } from './digits.js';
import { ENGLISH } from './words-en.js';
import { RUSSIAN } from './words-ru.js';

/** A language: its texts, dates and number format. */
export class Tongue {
  constructor(language) {
    this.language = language;
    this.words = language === 'ru' ? RUSSIAN : ENGLISH;
    this.days = new Calendar(language);
  }

  digits(text) {
    return shown(text, this.language);
  }

  /** A change with its sign; the direction `down`, `up` or `same` selects the colour. */
  change(text) {
    return { text: shownChange(text, this.language), direction: directionOf(text) };
  }

  name(row) {
    return row.names[this.language];
  }
}
