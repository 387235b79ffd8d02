import type { Context } from '../context.js';
import { element, field } from '../elements/element.js';
import { addressOf, isDay } from '../address/route.js';
import { FIRST_DAY } from '../values/series.js';

/** A date field that opens the sheet of the chosen day. */
export class DayField {
  readonly node: HTMLElement;
  readonly #board: Context['board'];
  readonly #input: HTMLInputElement;

  constructor({ tongue, board, go }: Context, day: string) {
    this.#board = board;
    this.#input = element('input', {
      ...{ type: 'date', id: 'day', min: FIRST_DAY, value: day },
      onchange: () => {
        const { value } = this.#input;
        if (isDay(value)) go(addressOf({ name: 'day', day: value }));
      },
    });
    this.node = field(this.#input, tongue.words.ratesOnDay, { class: 'field day' });
    this.showLastDay();
  }

  /** The last day depends on the service's state. */
  showLastDay(): void {
    const { lastDay } = this.#board;
    if (lastDay !== null) this.#input.max = lastDay;
  }
}
