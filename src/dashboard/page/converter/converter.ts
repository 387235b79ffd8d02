import { amountIn } from '../values/amount.js';
import type { Context } from '../context.js';
import { ConverterForm } from './converter-form.js';
import { type Children, element, fill } from '../elements/element.js';
import { manualBadge, tryAgain, withCommand } from '../elements/figures.js';
import type { Preview } from '../paint-contract.js';
import { addressOf, ROUBLE } from '../address/route.js';
import { Problem } from '../service/service.js';
import type { Conversion, Currency } from '../values/shapes.js';

/** Debounces typing, in milliseconds. */
const PAUSE_MS = 150;

/** Converts an amount on a day. The service calculates; this only shows the result. */
export class Converter {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #form: ConverterForm;
  readonly #answer = element('div', { class: 'answer', role: 'status' });
  #sentence: string | null = null;
  #rates = '';
  #preview: Preview | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  /** `heading`: the element of its title. */
  constructor(context: Context, heading: 'h1' | 'h2' = 'h2') {
    this.#context = context;
    const { words } = context.tongue;
    this.#form = new ConverterForm(context, () => {
      this.#keepRoute();
      this.#askSoon();
    });
    this.node = element(
      'section',
      { class: 'converter', 'aria-labelledby': 'converter-title' },
      element(heading, { id: 'converter-title', tabindex: '-1' }, words.converter),
      this.#form.node,
      this.#answer,
    );
  }

  /** Updates after a change of rates, and possibly of currencies. */
  update(): void {
    this.#form.update();
    void this.#ask();
  }

  /** Adds currencies that are no longer set. */
  showFormer(currencies: readonly Currency[]): void {
    this.#form.showFormer(currencies);
  }

  /** `100 USD = 92,34 EUR`; null until there is an answer. */
  get sentence(): string | null {
    return this.#sentence;
  }

  /** Picture of the answer. */
  get preview(): Preview | null {
    return this.#preview;
  }

  /** Rates of the answer. */
  get rates(): string {
    return this.#rates;
  }

  /** The address of a conversion names it; that of the list has it among its choices. */
  #keepRoute(): void {
    const { screen, keepAddress, tongue } = this.#context;
    const { amount: typed, from, to, date } = screen.converter;
    const amount = amountIn(typed, tongue.language);
    if (screen.route.name === 'conversion' && amount !== null) {
      screen.route = { name: 'conversion', amount, from, to, date };
    }
    keepAddress();
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { service, screen, tongue } = this.#context;
    const { amount: typed, from, to, date } = screen.converter;
    const amount = amountIn(typed, tongue.language);
    this.#form.markAmount(amount !== null);
    if (amount === null) {
      this.#say([tongue.words.badAmount]);
      return;
    }
    if (from === to) {
      this.#say([tongue.words.sameCurrency]);
      return;
    }
    try {
      const wish = { amount, from, to, date, source: 'all' };
      this.#show(await service.get<Conversion>('v1/convert', wish, signal));
    } catch (problem) {
      if (signal.aborted) return;
      // The shown result belongs to an older request.
      fill(this.#answer);
      if (!(problem instanceof Problem)) throw problem;
      this.#say(this.#explain(problem));
    }
  }

  #show({ amount, from, to, result, rounded, rates, requested_date: note }: Conversion): void {
    const { tongue, screen, keepTitle } = this.#context;
    const { words, days } = tongue;
    const digits = tongue.digits(rounded ?? result);
    this.#sentence = `${tongue.digits(amount)} ${from} = ${digits} ${to}`;
    this.#preview = { lines: [`${amount} ${from} =`, `${rounded ?? result} ${to}`], note };
    const lines = rates.map((rate) => {
      const { code, nominal, value, effective_date: date, carried } = rate;
      const price = `${tongue.digits(nominal)} ${code} = ${tongue.digits(value)} ${words.roubles}`;
      const since = words.ratesUsed(days.long(date), carried);
      return { rate, text: `${price}, ${since}` };
    });
    this.#rates = lines.map(({ text }) => text).join('; ');
    const used = lines.map(({ rate, text }) => {
      return element('li', {}, text, manualBadge(tongue, rate));
    });
    fill(
      this.#answer,
      element('p', { class: 'question' }, `${tongue.digits(amount)} ${from} =`),
      element('p', { class: 'result' }, element('b', { class: 'digits' }, digits), ` ${to}`),
      rounded !== null &&
        rounded !== result &&
        element('p', { class: 'exact' }, words.exactly(tongue.digits(result))),
      element('ul', { class: 'used' }, ...used),
      screen.route.name === 'list' && this.#share(amount, from, to),
    );
    keepTitle();
  }

  /** Link to the address of this conversion. */
  #share(amount: string, from: string, to: string): HTMLElement {
    const { service, screen, tongue } = this.#context;
    const { date } = screen.converter;
    const [base, quote] = [from, to].map((code) => (code === 'RUR' ? ROUBLE : code));
    const href = service.address(
      addressOf({ name: 'conversion', amount, from: base ?? from, to: quote ?? to, date }),
    );
    return element('p', { class: 'share' }, element('a', { href }, tongue.words.shareConversion));
  }

  #explain({ code, command, lastDate, message }: Problem): Children {
    const { words, days } = this.#context.tongue;
    if (code === 'page.unreachable') {
      return [`${words.unreachable} `, tryAgain(this.#context.tongue, () => void this.#ask())];
    }
    if (code === 'rates.not_loaded')
      return withCommand(words.notLoadedDay, command, this.#context.tongue);
    if (code === 'rates.not_set') return [words.notSetDay(lastDate && days.long(lastDate))];
    if (this.#form.isTooLate) return [words.tooLate];
    return [words.failed(message)];
  }

  #say(children: Children): void {
    fill(this.#answer, element('p', { class: 'trouble' }, ...children));
  }
}
