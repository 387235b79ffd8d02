import type { Context } from '../context.js';
import { significant } from '../values/decimal.js';
import { element, fill } from '../elements/element.js';
import { currencyLink } from '../address/links.js';
import type { Preview } from '../paint-contract.js';
import { Latest } from '../service/latest.js';
import { Problem } from '../service/service.js';
import type { Conversion } from '../values/shapes.js';

/** A pair of currencies, and its cross rate today in both directions. */
export class PairHeading {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #pair: { code: string; quote: string };
  readonly #now = element('div', { class: 'now' });
  #rate: string | null = null;
  #date = '';
  readonly #latest = new Latest();

  constructor(context: Context, pair: { code: string; quote: string }) {
    this.#context = context;
    this.#pair = pair;
    const { code, quote } = pair;
    const { service } = context;
    const link = (each: string) =>
      element('a', { class: 'code', href: currencyLink(service, each) }, each);
    const title = element('h1', { tabindex: '-1' }, link(code), ' / ', link(quote));
    this.node = element('header', { class: 'heading' }, title, this.#now);
  }

  get title(): string {
    const { code, quote } = this.#pair;
    if (this.#rate === null) return `${code}/${quote}`;
    return `1 ${code} = ${this.#context.tongue.digits(this.#rate)} ${quote}`;
  }

  get description(): string | null {
    const { words } = this.#context.tongue;
    return this.#rate === null ? null : words.pairDescription(this.title);
  }

  get preview(): Preview | null {
    const { code, quote } = this.#pair;
    if (this.#rate === null) return null;
    return { lines: [`1 ${code} =`, `${this.#rate} ${quote}`], note: this.#date };
  }

  update(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const signal = this.#latest.begin();
    const { code, quote } = this.#pair;
    const { service, tongue } = this.#context;
    const { words, days } = tongue;
    const ask = (from: string, to: string) =>
      service.get<Conversion>('v1/convert', { amount: 1, from, to, source: 'all' }, signal);
    try {
      const [there, back] = await Promise.all([ask(code, quote), ask(quote, code)]);
      this.#rate = significant(there.result, 6);
      this.#date = there.requested_date;
      const line = (from: string, to: string, { result }: Conversion) =>
        element(
          'p',
          { class: 'large' },
          `1 ${from} = `,
          element('span', { class: 'figure digits' }, tongue.digits(significant(result, 6))),
          ` ${to}`,
        );
      const used = there.rates.map(({ code: each, nominal, value, effective_date: date }) => {
        const price = `${tongue.digits(nominal)} ${each} = ${tongue.digits(value)} ${words.roubles}`;
        return `${price} (${days.long(date)})`;
      });
      fill(
        this.#now,
        line(code, quote, there),
        line(quote, code, back),
        element('p', { class: 'when' }, words.throughRouble(used.join('; '))),
      );
      this.#context.keepTitle();
    } catch (problem) {
      if (signal.aborted) return;
      // The view reports the problem in place of the history.
      if (!(problem instanceof Problem)) throw problem;
      fill(this.#now);
    }
  }
}
