import type { Context } from '../context.js';
import { listCurrencies } from './currency-choice.js';
import { button, element, fill } from '../elements/element.js';
import { USUAL } from '../finding/sort-keys.js';
import { MOST_TARGETS, ROUBLE } from '../address/route.js';
import { convertingWords } from '../language/converting.js';

/** Targets of a conversion after the first one, each with its list, and the button that adds one. */
export class Targets {
  readonly node = element('div', { class: 'targets' });
  readonly #context: Context;
  readonly #onChange: () => void;
  readonly #add: HTMLButtonElement;
  #selects: HTMLSelectElement[] = [];

  constructor(context: Context, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
    const add = () => {
      this.#codes = [...this.#codes, this.#next()];
      this.#selects.at(-1)?.focus();
    };
    this.#add = button({ class: 'add', onclick: add }, convertingWords(context.tongue).addTarget);
  }

  update(): void {
    const codes = this.#codes.slice(1);
    if (codes.length !== this.#selects.length || this.node.children.length === 0) {
      this.#selects = codes.map((_, at) => this.#select(at + 1));
      const rows = this.#selects.map((select, at) => this.#row(select, at + 1));
      fill(this.node, ...rows, this.#add);
    }
    this.#selects.forEach((select, at) =>
      listCurrencies(select, codes[at] ?? ROUBLE, this.#context),
    );
    this.#add.hidden = codes.length + 1 >= MOST_TARGETS;
  }

  get #codes(): string[] {
    return this.#context.screen.converter.to.split(',');
  }

  set #codes(codes: readonly string[]) {
    this.#context.screen.converter.to = [...new Set(codes)].join(',');
    this.update();
    this.#onChange();
  }

  #select(at: number): HTMLSelectElement {
    const select: HTMLSelectElement = element('select', {
      'aria-label': convertingWords(this.#context.tongue).andTo,
      oninput: () => (this.#codes = this.#codes.with(at, select.value)),
    });
    return select;
  }

  #row(select: HTMLSelectElement, at: number): HTMLElement {
    const label = convertingWords(this.#context.tongue).removeTarget;
    const remove = button(
      {
        ...{ class: 'remove', title: label, 'aria-label': label },
        onclick: () => {
          this.#codes = this.#codes.toSpliced(at, 1);
          this.#add.focus();
        },
      },
      element('span', { 'aria-hidden': 'true' }, '×'),
    );
    return element('div', { class: 'target' }, select, remove);
  }

  /** The currency that is added: one that most readers look for, or any that is not there yet. */
  #next(): string {
    const { board, screen } = this.#context;
    const taken = [screen.converter.from, ...this.#codes];
    const all = [...USUAL, ROUBLE, ...(board.rows ?? []).map(({ code }) => code)];
    return all.find((code) => !taken.includes(code)) ?? ROUBLE;
  }
}
