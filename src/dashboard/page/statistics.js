import { element, fill } from './element.js';
import { isOldRouble, summaryOf } from './series.js';

/** Minimum, maximum and mean of a range. */
export class Statistics {
  #tongue;

  constructor(tongue) {
    this.#tongue = tongue;
    this.node = element('dl', { class: 'statistics' });
  }

  show(fixings) {
    const summary = summaryOf(fixings);
    if (summary === null) return void fill(this.node);
    const { words } = this.#tongue;
    const { low, high, average, nominal, count, places } = summary;
    const units = nominal === 1 ? '' : `${words.units(this.#tongue.digits(nominal))}, `;
    return void fill(
      this.node,
      this.#fixing(words.low, low),
      this.#fixing(words.high, high),
      entry(words.average, this.#tongue.digits(average), units + words.averageOf(count, places)),
    );
  }

  #fixing(name, fixing) {
    const { words, days } = this.#tongue;
    const units = fixing.nominal === 1 ? [] : [words.units(this.#tongue.digits(fixing.nominal))];
    const old = isOldRouble(fixing) ? [words.oldRouble(this.#tongue.digits(fixing.rate))] : [];
    const about = [...units, ...old, days.long(fixing.effective_date)].join(', ');
    return entry(name, this.#tongue.digits(fixing.value), about);
  }
}

function entry(name, digits, about) {
  return element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', { class: 'digits' }, digits),
    element('dd', { class: 'about' }, about),
  );
}
