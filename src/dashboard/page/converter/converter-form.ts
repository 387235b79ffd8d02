import type { Context, Screen } from '../context.js';
import { button, element, field, fill } from '../elements/element.js';
import { ROUBLE } from '../address/route.js';
import { FIRST_DAY } from '../values/series.js';
import type { Currency, Sheet } from '../values/shapes.js';

/** Code and name of a currency. */
type Choice = readonly [string, string];
type Name = keyof Screen['converter'];

/** Input of a conversion: an amount, two currencies and a day, stored in the screen. */
export class ConverterForm {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #amount: HTMLInputElement;
  readonly #selects: readonly HTMLSelectElement[];
  readonly #date: HTMLInputElement;
  #former: readonly Currency[] = [];

  constructor(context: Context, onChange: () => void) {
    this.#context = context;
    const { tongue, screen } = context;
    const { words } = tongue;
    const choice = screen.converter;
    const keep = (name: Name) => ({
      id: `converter-${name}`,
      value: choice[name],
      oninput: ({ currentTarget: control }: { currentTarget: HTMLInputElement }) => {
        choice[name] = control.value;
        onChange();
      },
    });
    this.#amount = element('input', {
      ...keep('amount'),
      inputmode: 'decimal',
      autocomplete: 'off',
    });
    this.#date = element('input', { ...keep('date'), type: 'date', min: FIRST_DAY });
    const from = element('select', keep('from'));
    const to = element('select', keep('to'));
    this.#selects = [from, to];
    const swap = button(
      {
        ...{ class: 'swap', title: words.swap, 'aria-label': words.swap },
        onclick: () => {
          Object.assign(choice, { from: choice.to, to: choice.from });
          this.update();
          onChange();
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
        field(from, words.fromCurrency),
        swap,
        field(to, words.toCurrency),
      ),
      field(this.#date, words.onDate),
    );
  }

  /** Whether the day is after the last published one. */
  get isTooLate(): boolean {
    const { board, screen } = this.#context;
    return screen.converter.date > this.#lastDay(board.sheet);
  }

  update(): void {
    const { board, screen } = this.#context;
    if (board.sheet) this.#date.max = this.#lastDay(board.sheet);
    for (const select of this.#selects) {
      const name = select.id.replace('converter-', '') as Name;
      this.#list(select, screen.converter[name]);
    }
  }

  showFormer(currencies: readonly Currency[]): void {
    this.#former = currencies;
    this.update();
  }

  markAmount(isGood: boolean): void {
    if (isGood) this.#amount.removeAttribute('aria-invalid');
    else this.#amount.setAttribute('aria-invalid', 'true');
  }

  #lastDay(sheet: Sheet | null): string {
    return sheet?.next ?? sheet?.day ?? '';
  }

  /** An unchanged list is not rebuilt: the user may have it open. */
  #list(select: HTMLSelectElement, chosen: string): void {
    const { board, tongue } = this.#context;
    const { words } = tongue;
    const current = (board.rows ?? []).map((row): Choice => [row.code, tongue.name(row)]);
    const codes = new Set(current.map(([code]) => code));
    const former = this.#former.flatMap(({ code, name, name_en: nameEn }): Choice[] =>
      codes.has(code) ? [] : [[code, tongue.language === 'en' ? (nameEn ?? name) : name]],
    );
    const options = (all: readonly Choice[]) =>
      all.map(([code, name]) => element('option', { value: code }, `${code} — ${name}`));
    const group = (label: string, all: readonly Choice[]) =>
      element('optgroup', { label }, ...options(all));
    const groups = [
      ...options([[ROUBLE, words.rouble]]),
      current.length > 0 && group(words.current, current),
      former.length > 0 && group(words.former, former),
    ];
    const key = [...codes, ...former.flat()].join();
    if (select.dataset.key !== key) fill(select, groups);
    select.dataset.key = key;
    select.value = chosen;
  }
}
