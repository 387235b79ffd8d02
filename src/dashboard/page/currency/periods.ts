import type { Context } from '../context.js';
import { element, fill } from '../elements/element.js';
import { USUAL_PERIOD } from './history.js';
import { addressOf, type CurrencyRoute } from '../address/route.js';
import { type Range, RANGES } from '../values/series.js';

/** Links to the periods of a chart. */
export class Periods {
  readonly node = element('nav', { class: 'ranges' });
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    this.node.setAttribute('aria-label', context.tongue.words.range);
  }

  update(route: CurrencyRoute): void {
    const { service, tongue } = this.#context;
    const { span } = route;
    const chosen = span === null ? USUAL_PERIOD : 'period' in span ? span.period : null;
    // Links are kept, as one may have the focus.
    if (this.node.children.length === 0) {
      const link = (period: Range) => {
        const href = service.address(addressOf({ ...route, span: { period } }));
        return element('a', { href, 'data-range': period }, tongue.words.ranges[period]);
      };
      fill(this.node, RANGES.map(link));
    }
    for (const link of this.node.children) {
      if (link.getAttribute('data-range') === chosen) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }
}
