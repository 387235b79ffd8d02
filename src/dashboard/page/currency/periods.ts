import type { Context } from '../context.js';
import { element, field, fill } from '../elements/element.js';
import { daysOf, type History } from './history.js';
import { addressOf, type CurrencyRoute, isDay } from '../address/route.js';
import { FIRST_DAY, type Range, RANGES } from '../values/series.js';

/** What the links and fields show. */
type Shown = Pick<History, 'from' | 'to' | 'period'>;

/** Links to the periods of a chart, and fields for any other range. */
export class Periods {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #links = element('nav', { class: 'ranges' });
  readonly #from = element('input', { type: 'date', id: 'from', min: FIRST_DAY, required: true });
  readonly #to = element('input', { type: 'date', id: 'to', min: FIRST_DAY, required: true });
  #route: CurrencyRoute;

  constructor(context: Context, route: CurrencyRoute) {
    this.#context = context;
    this.#route = route;
    const { words } = context.tongue;
    this.#links.setAttribute('aria-label', words.range);
    const form = element(
      'form',
      {
        class: 'dates',
        onsubmit: (event: Event) => {
          event.preventDefault();
          this.#go();
        },
      },
      field(this.#from, words.fromDay),
      field(this.#to, words.toDay),
      element('button', { type: 'submit' }, words.show),
    );
    this.node = element('div', { class: 'periods' }, this.#links, form);
  }

  /** Before the history of another range is there, the range is that of the address. */
  begin(route: CurrencyRoute, day: string | null): void {
    const isShown = route === this.#route && this.#links.children.length > 0;
    if (day !== null && !isShown)
      this.update(route, daysOf(route.span ?? { period: '1y' }, day), day);
  }

  update(route: CurrencyRoute, { from, to = '', period }: Shown, day: string): void {
    this.#route = route;
    const { service, tongue } = this.#context;
    const hrefOf = (range: Range) =>
      service.address(addressOf({ ...route, span: { period: range } }));
    // Links are kept, as one may have the focus.
    if (this.#links.children.length === 0) {
      const link = (range: Range) =>
        element('a', { 'data-range': range }, tongue.words.ranges[range]);
      fill(this.#links, RANGES.map(link));
    }
    RANGES.forEach((range, at) => {
      const link = this.#links.children[at];
      link?.setAttribute('href', hrefOf(range));
      if (range === period) link?.setAttribute('aria-current', 'true');
      else link?.removeAttribute('aria-current');
    });
    for (const [input, value] of [
      [this.#from, from],
      [this.#to, to === '' ? day : to],
    ] as const) {
      input.setAttribute('max', day);
      // News do not take away what the reader is typing.
      if (input.getAttribute('value') === value) continue;
      input.setAttribute('value', value);
      input.value = value;
    }
  }

  #go(): void {
    const [from = '', to = ''] = [this.#from.value, this.#to.value].sort();
    if (!isDay(from) || !isDay(to)) return;
    this.#context.go(addressOf({ ...this.#route, span: { from, to } }));
  }
}
