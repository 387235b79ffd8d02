import type { Context } from '../context.js';
import { element, field, fill } from '../elements/element.js';
import { addressOf, type CurrencyRoute, MOST_COMPARED, ROUBLE } from '../address/route.js';

/** What the currency is priced in, and what it is compared with. */
export class Choices {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #quote: HTMLSelectElement;
  readonly #others: HTMLSelectElement;
  readonly #scale = element('nav', { class: 'scale' });
  #route: CurrencyRoute;
  #codes = '';

  constructor(context: Context, route: CurrencyRoute) {
    this.#context = context;
    this.#route = route;
    const { words } = context.tongue;
    const go = (changed: Partial<CurrencyRoute>) =>
      context.go(addressOf({ ...this.#route, ...changed }));
    this.#quote = element('select', {
      id: 'quote',
      onchange: () => {
        const quote = this.#quote.value;
        const compared = (this.#route.compared ?? []).filter((code) => code !== quote);
        go({ quote, compared });
      },
    });
    this.#others = element('select', {
      id: 'compare',
      onchange: () => {
        const { compared = [], isIndexed } = this.#route;
        if (this.#others.value === '') return;
        // Prices of two currencies are seldom near each other.
        go({
          compared: [...compared, this.#others.value],
          isIndexed: isIndexed ?? compared.length === 0,
        });
      },
    });
    this.#scale.setAttribute('aria-label', words.scale);
    this.node = element(
      'div',
      { class: 'choices' },
      field(this.#quote, words.pricedIn),
      field(this.#others, words.compareWith),
      this.#scale,
    );
  }

  update(route: CurrencyRoute): void {
    this.#route = route;
    const { service, tongue } = this.#context;
    const { words } = tongue;
    const { quote, compared = [], isIndexed = false } = route;
    this.#list(route);
    this.#quote.value = quote;
    this.#others.value = '';
    this.#others.disabled = compared.length >= MOST_COMPARED;
    const link = (isShown: boolean, text: string) => {
      const href = service.address(addressOf({ ...route, isIndexed: isShown }));
      const current = isIndexed === isShown ? 'true' : null;
      return element('a', { href, 'aria-current': current }, text);
    };
    fill(
      this.#scale,
      compared.length > 0 && [
        link(true, words.indexed),
        link(false, quote === ROUBLE ? words.inRoubles : words.inCurrency(quote)),
      ],
    );
  }

  /** An open list is left alone while live rates come. */
  #list({ code, quote, compared = [] }: CurrencyRoute): void {
    const { board, tongue } = this.#context;
    const { words, language } = tongue;
    const current = (board.rows ?? []).filter((row) => row.code !== code);
    const codes = [quote, ...compared, ...current.map((row) => row.code)].join();
    if (codes === this.#codes) return;
    this.#codes = codes;
    const byName = new Intl.Collator(language).compare;
    const rows = current
      .map((row) => [row.code, `${tongue.name(row)} (${row.code})`] as const)
      .sort(([, one], [, other]) => byName(one, other));
    const option = ([value, text]: readonly [string, string]) => element('option', { value }, text);
    const quotes: (readonly [string, string])[] = [[ROUBLE, words.rouble], ...rows];
    if (!quotes.some(([each]) => each === quote)) quotes.push([quote, quote]);
    fill(this.#quote, quotes.map(option));
    const others = rows.filter(([each]) => each !== quote && !compared.includes(each));
    fill(this.#others, [['', words.addCurrency] as const, ...others].map(option));
  }
}
