import type { Context, Screen } from '../context.js';
import { amountIn } from '../values/amount.js';
import { listCurrencies } from './currency-choice.js';
import { button, element, field } from '../elements/element.js';
import { FIRST_DAY } from '../values/series.js';
import { Targets } from './targets.js';
import { convertingWords } from '../language/converting.js';

type Name = keyof Screen['converter'];

/** Input of a conversion: an amount, a currency and its targets, and a day, stored in the screen. */
export class ConverterForm {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #amount: HTMLInputElement;
  readonly #from: HTMLSelectElement;
  readonly #to: HTMLSelectElement;
  readonly #more: Targets;
  readonly #date: HTMLInputElement;

  constructor(context: Context, onChange: () => void) {
    this.#context = context;
    const { tongue, screen } = context;
    const words = convertingWords(tongue);
    const choice = screen.converter;
    const keep = (name: Name, meant = (typed: string) => typed) => ({
      id: `converter-${name}`,
      value: choice[name],
      oninput: ({ currentTarget: control }: { currentTarget: HTMLInputElement }) => {
        choice[name] = meant(control.value);
        onChange();
      },
    });
    this.#amount = element('input', {
      // In the other language, and in an address, the typed text may be another number.
      ...keep('amount', (typed) => amountIn(typed, tongue.language) ?? typed),
      inputmode: 'decimal',
      autocomplete: 'off',
    });
    this.#date = element('input', { ...keep('date'), type: 'date', min: FIRST_DAY });
    this.#from = element('select', keep('from'));
    const setFirst = (code: string) => {
      choice.to = [...new Set([code, ...choice.to.split(',').slice(1)])].join(',');
      this.update();
      onChange();
    };
    this.#to = element('select', { id: 'converter-to', oninput: () => setFirst(this.#to.value) });
    this.#more = new Targets(context, onChange);
    const swap = button(
      {
        ...{ class: 'swap', title: words.swap, 'aria-label': words.swap },
        onclick: () => {
          const { from } = choice;
          [choice.from = from] = choice.to.split(',');
          setFirst(from);
        },
      },
      element('span', { 'aria-hidden': 'true' }, '⇄'),
    );
    this.node = element(
      'form',
      { class: 'conversion', onsubmit: (event: Event) => event.preventDefault() },
      field(this.#amount, words.amount),
      element(
        'div',
        { class: 'pair' },
        field(this.#from, words.fromCurrency),
        swap,
        field(this.#to, words.toCurrency),
        this.#more.node,
      ),
      field(this.#date, words.onDate),
    );
  }

  update(): void {
    const { from, to } = this.#context.screen.converter;
    this.showLastDay();
    listCurrencies(this.#from, from, this.#context);
    listCurrencies(this.#to, to.split(',')[0] ?? '', this.#context);
    this.#more.update();
  }

  showLastDay(): void {
    const { lastDay } = this.#context.board;
    if (lastDay !== null) this.#date.max = lastDay;
  }

  markAmount(isGood: boolean): void {
    if (isGood) this.#amount.removeAttribute('aria-invalid');
    else this.#amount.setAttribute('aria-invalid', 'true');
  }
}
