import type { Context } from '../context.js';
import { element, field } from '../elements/element.js';
import { addressOf, isDay } from '../address/route.js';
import { FIRST_DAY } from '../values/series.js';

/** A date field that opens the sheet of the chosen day. */
export function dayField({ tongue, board, go }: Context, day: string): HTMLElement {
  const input: HTMLInputElement = element('input', {
    ...{ type: 'date', id: 'day', min: FIRST_DAY, value: day },
    max: board.lastDay,
    onchange: () => {
      if (isDay(input.value)) go(addressOf({ name: 'day', day: input.value }));
    },
  });
  return field(input, tongue.words.ratesOnDay, { class: 'field day' });
}
