import { element, fill } from '../elements/element.js';
import { isOldRouble, summaryOf } from '../values/series.js';
import type { Rate } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

/** Minimum, maximum and mean of a range. */
export class Statistics {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;

  constructor(tongue: Tongue) {
    this.#tongue = tongue;
    this.node = element('dl', { class: 'statistics' });
  }

  show(fixings: readonly Rate[]): void {
    const summary = summaryOf(fixings);
    if (summary === null) {
      fill(this.node);
      return;
    }
    const { words } = this.#tongue;
    const { low, high, average, nominal, count, places } = summary;
    const units = nominal === 1 ? '' : `${words.units(this.#tongue.digits(nominal))}, `;
    fill(
      this.node,
      this.#fixing(words.low, low),
      this.#fixing(words.high, high),
      entry(words.average, this.#tongue.digits(average), units + words.averageOf(count, places)),
    );
  }

  #fixing(name: string, fixing: Rate): HTMLElement {
    const { words, days } = this.#tongue;
    const units = fixing.nominal === 1 ? [] : [words.units(this.#tongue.digits(fixing.nominal))];
    const old = isOldRouble(fixing) ? [words.oldRouble(this.#tongue.digits(fixing.rate))] : [];
    const about = [...units, ...old, days.long(fixing.effective_date)].join(', ');
    return entry(name, this.#tongue.digits(fixing.value), about);
  }
}

function entry(name: string, digits: string, about: string): HTMLElement {
  return element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', { class: 'digits' }, digits),
    element('dd', { class: 'about' }, about),
  );
}
