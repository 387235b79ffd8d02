import type { Context } from '../context.js';
import { button, element, fill } from '../elements/element.js';
import { badgesOf, changeFigure } from '../elements/figures.js';
import type { Preview } from '../paint-contract.js';
import { previewOf } from '../preview.js';
import { Problem } from '../service/service.js';
import type { Currency, Rate, Row } from '../values/shapes.js';

/** Name of a currency, and its current and coming rates. */
export class CurrencyHeading {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #code: string;
  readonly #title = element('h1', { tabindex: '-1' });
  readonly #star: HTMLElement;
  readonly #now = element('div', { class: 'now' });

  constructor(context: Context, code: string) {
    this.#context = context;
    this.#code = code;
    this.#star = button({
      class: 'star',
      onclick: () => {
        context.settings.toggleFavourite(code);
      },
    });
    fill(this.#title, code);
    this.node = element(
      'header',
      { class: 'heading' },
      element('div', { class: 'name-line' }, this.#title, this.#star),
      this.#now,
    );
  }

  update(): void {
    const { board, settings, tongue } = this.#context;
    const { words } = tongue;
    const isFavourite = settings.favourites.includes(this.#code);
    const star = isFavourite ? words.removeFavourite : words.addFavourite;
    this.#star.setAttribute('aria-label', star(this.#code));
    this.#star.setAttribute('aria-pressed', String(isFavourite));
    fill(this.#star, isFavourite ? '★' : '☆');
    const row = this.#row;
    if (row) this.#showRow(row);
    else if (board.rows !== null) void this.#showFormer();
  }

  /** Name and rate, for the tab and for previews of links. */
  get title(): string {
    const row = this.#row;
    const { tongue } = this.#context;
    const rate = row?.today ?? row?.next;
    if (!row || !rate) return this.#code;
    const units = rate.nominal === 1 ? '' : `${tongue.digits(rate.nominal)} `;
    const { roubles } = tongue.words;
    return `${units}${this.#code} = ${tongue.digits(rate.value)} ${roubles} — ${tongue.name(row)}`;
  }

  get description(): string | null {
    const row = this.#row;
    const { words, days } = this.#context.tongue;
    const rate = row?.today ?? row?.next;
    if (!row || !rate) return null;
    return words.currencyDescription(this.title, days.long(rate.effective_date));
  }

  get preview(): Preview | null {
    const rate = this.#row?.today ?? this.#row?.next;
    return rate ? previewOf(rate) : null;
  }

  get #row(): Row | undefined {
    return this.#context.board.rows?.find(({ code }) => code === this.#code);
  }

  #showRow(row: Row): void {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    this.#name(tongue.name(row));
    const { sheet } = board;
    const figure = (rate: Rate, when: string) => [
      element('p', { class: 'when' }, when, ...(sheet ? badgesOf(row, sheet, tongue) : [])),
      element(
        'p',
        { class: 'large' },
        element('span', { class: 'figure digits' }, tongue.digits(rate.value)),
        ` ${words.roubles}`,
        rate.nominal !== 1 && ` ${words.units(tongue.digits(rate.nominal))}`,
        ' ',
        changeFigure(rate, tongue),
      ),
    ];
    const { today, next } = row;
    fill(
      this.#now,
      today &&
        element('div', {}, ...figure(today, words.columns.value(days.long(today.requested_date)))),
      next &&
        element('div', {}, ...figure(next, words.columns.next(days.long(next.effective_date)))),
    );
  }

  /** A currency that is no longer set has only its names and last day. */
  async #showFormer(): Promise<void> {
    const { service, tongue } = this.#context;
    const { words, days, language } = tongue;
    try {
      const currency = await service.get<Currency>(`v1/currencies/${this.#code}`);
      this.#name(language === 'en' ? (currency.name_en ?? currency.name) : currency.name);
      const last = currency.last_date;
      fill(this.#now, element('p', {}, last ? words.noLongerSet(days.long(last)) : ''));
    } catch (problem) {
      // The view reports the problem in place of the history.
      if (!(problem instanceof Problem)) throw problem;
      fill(this.#now);
    }
  }

  #name(name: string): void {
    fill(this.#title, element('span', { class: 'code' }, this.#code), ` ${name}`);
  }
}
