import { amountIn } from './amount.js';
import type { Context } from './context.js';
import { ConverterForm } from './converter-form.js';
import { type Children, element, fill } from './element.js';
import { manualBadge, withCommand } from './figures.js';
import { Problem } from './service.js';
import type { Conversion, Currency } from './shapes.js';

/** Debounces typing, in milliseconds. */
const PAUSE_MS = 150;

/** Converts an amount on a day. The service calculates; this only shows the result. */
export class Converter {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #form: ConverterForm;
  readonly #answer = element('div', { class: 'answer', role: 'status' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  constructor(context: Context) {
    this.#context = context;
    const { words } = context.tongue;
    this.#form = new ConverterForm(context, () => this.#askSoon());
    this.node = element(
      'section',
      { class: 'converter', 'aria-labelledby': 'converter-title' },
      element('h2', { id: 'converter-title' }, words.converter),
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

  #show({ amount, from, to, result, rounded, rates }: Conversion): void {
    const { tongue } = this.#context;
    const { words, days } = tongue;
    const digits = tongue.digits(rounded ?? result);
    const used = rates.map((rate) => {
      const { code, nominal, value, effective_date: date, carried } = rate;
      const price = `${tongue.digits(nominal)} ${code} = ${tongue.digits(value)} ${words.roubles}`;
      const since = words.ratesUsed(days.long(date), carried);
      return element('li', {}, `${price}, ${since}`, manualBadge(tongue, rate));
    });
    fill(
      this.#answer,
      element('p', { class: 'question' }, `${tongue.digits(amount)} ${from} =`),
      element('p', { class: 'result' }, element('b', { class: 'digits' }, digits), ` ${to}`),
      rounded !== null &&
        rounded !== result &&
        element('p', { class: 'exact' }, words.exactly(tongue.digits(result))),
      element('ul', { class: 'used' }, ...used),
    );
  }

  #explain({ code, command, lastDate = '', message }: Problem): Children {
    const { words, days } = this.#context.tongue;
    if (code === 'page.unreachable') return [words.unreachable];
    if (code === 'rates.not_loaded') return withCommand(words.notLoadedDay, command);
    if (code === 'rates.not_set') return [words.notSetDay(lastDate && days.long(lastDate))];
    if (this.#form.isTooLate) return [words.tooLate];
    return [words.failed(message)];
  }

  #say(children: Children): void {
    fill(this.#answer, element('p', { class: 'trouble' }, ...children));
  }
}
