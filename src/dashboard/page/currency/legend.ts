import { LINES } from './chart-options.js';
import type { Context } from '../context.js';
import { drawn, element, fill } from '../elements/element.js';
import { addressOf, type CurrencyRoute } from '../address/route.js';
import { percentBetween, percentOf } from '../values/decimal.js';
import type { Aligned } from '../values/aligned.js';
import type { Rate } from '../values/shapes.js';
import { figureOf, type Measure } from '../values/summary.js';

/** A currency in the chart. */
export interface Compared {
  code: string;
  measure: Measure;
  fixings: readonly Rate[];
}

/** Names the lines of a comparison, with their figures on the selected day. */
export class Legend {
  readonly node = element('ul', { class: 'legend', hidden: true });
  readonly #context: Context;
  #codes: string[] = [];
  #figures: HTMLElement[] = [];
  #say: (index: number) => string[] = () => [];

  constructor(context: Context) {
    this.#context = context;
  }

  show(all: readonly Compared[], { columns }: Aligned<Rate>, route: CurrencyRoute): void {
    const { service, tongue } = this.#context;
    const { isIndexed = false, compared = [] } = route;
    this.#codes = all.map(({ code }) => code);
    this.#figures = all.map(() => element('span', { class: 'digits' }));
    this.#say = (index) =>
      all.map(({ measure, fixings }, at) => {
        const [rate, first] = [columns[at]?.[index]?.rate, fixings[0]?.rate];
        if (rate === undefined || first === undefined) return '—';
        const text = isIndexed ? percentOf(first, rate, 2) : figureOf(rate, measure);
        const moved = tongue.change(percentBetween(first, rate, 2)).text;
        return `${tongue.digits(text)} (${moved}\u00A0%)`;
      });
    const item = ({ code, measure }: Compared, at: number) => {
      const others = compared.filter((each) => each !== code);
      const href = service.address(addressOf({ ...route, compared: others }));
      const label = tongue.words.removeFromChart(code);
      const units = isIndexed || measure.nominal === 1 ? '' : `${tongue.digits(measure.nominal)} `;
      return element(
        'li',
        {},
        sample(at),
        element('b', {}, units + code),
        this.#figures[at],
        at > 0 && element('a', { class: 'remove', href, 'aria-label': label, title: label }, '×'),
      );
    };
    fill(this.node, all.map(item));
    this.node.hidden = all.length < 2;
  }

  select(index: number): void {
    this.#say(index).forEach((text, at) => {
      const figure = this.#figures[at];
      if (figure) fill(figure, text);
    });
  }

  /** All compared currencies on a day, in words. */
  say(index: number): string {
    const texts = this.#say(index);
    if (texts.length < 2) return '';
    return texts.map((text, at) => `; ${this.#codes[at]} ${text}`).join('');
  }
}

/** Sample of a line of the chart, in its colour and dash. */
function sample(at: number): SVGElement {
  const { colour, dash } = LINES[at] ?? { colour: '--ink', dash: [] };
  const line = drawn('line', {
    ...{ x1: 0, x2: 34, y1: 5, y2: 5, stroke: `var(${colour})`, 'stroke-width': 2.5 },
    'stroke-dasharray': dash.join(' '),
  });
  return drawn('svg', { width: 34, height: 10, 'aria-hidden': 'true' }, line);
}
