import { element, fill } from '../elements/element.js';
import { type Measure, summaryOf } from '../values/summary.js';
import type { Rate } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

/** Change, minimum, maximum and mean of a range: a label, a figure, and then its date. */
export class Statistics {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;

  constructor(tongue: Tongue) {
    this.#tongue = tongue;
    this.node = element('dl', { class: 'statistics' });
  }

  show(fixings: readonly Rate[], measure: Measure): void {
    const summary = summaryOf(fixings, measure);
    if (summary === null) {
      fill(this.node);
      return;
    }
    const { words, days } = this.#tongue;
    const { low, high, average, change, count } = summary;
    const units = measure.nominal === 1 ? '' : words.units(this.#tongue.digits(measure.nominal));
    const roubles = measure.isRestated ? words.inTodaysRoubles : '';
    const digits = (text: string) => this.#tongue.digits(text);
    const moved = this.#tongue.change(change.figure);
    const percent = element(
      'span',
      { class: 'percent' },
      `${this.#tongue.change(change.percent).text}\u00A0%`,
    );
    const entry = (name: string, figure: Node | string, ...about: string[]) =>
      element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', { class: 'digits' }, figure),
        element(
          'dd',
          { class: 'about' },
          [...about, units, roubles].filter((each) => each !== '').join(', '),
        ),
      );
    fill(
      this.node,
      entry(
        words.periodChange,
        element('span', { class: `change ${moved.direction}` }, moved.text, percent),
        words.between(days.long(change.from), days.long(change.to)),
      ),
      entry(words.low, digits(low.figure), days.long(low.date)),
      entry(words.high, digits(high.figure), days.long(high.date)),
      entry(words.average, digits(average), words.averageOf(count, measure.places)),
    );
  }
}
