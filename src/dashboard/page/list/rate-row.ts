import type { Context } from '../context.js';
import { button, element, fill } from '../elements/element.js';
import { Shown } from '../elements/shown.js';
import { badgesOf, changeFigure } from '../elements/figures.js';
import { currencyLink } from '../address/links.js';
import type { Days, Rate, Row, Sheet } from '../values/shapes.js';
import { sparkline } from './sparkline.js';
import type { Tongue } from '../language/tongue.js';

/** Duration of the animation in the style sheet, in milliseconds. */
const FLASH_MS = 2_400;

const COLUMNS = ['name', 'nominal', 'value', 'change', 'next', 'nextChange', 'line'] as const;
type Column = (typeof COLUMNS)[number];

/** A row of the table. Focusable elements are kept when figures change. */
export class RateRow {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;
  readonly #star: HTMLElement;
  readonly #cells: Record<Column | 'under', HTMLElement>;
  readonly #shown = new Shown();
  readonly #shownLine = new Shown();
  #flash: ReturnType<typeof setTimeout> | undefined;

  constructor(
    row: Row,
    { tongue, service, settings }: Pick<Context, 'tongue' | 'service' | 'settings'>,
  ) {
    this.#tongue = tongue;
    this.#star = button({ class: 'star', onclick: () => settings.toggleFavourite(row.code) });
    const cells = COLUMNS.map((name) => [name, element('td', { class: name })] as const);
    const under = element('span', { class: 'under' });
    this.#cells = {
      ...(Object.fromEntries(cells) as unknown as Record<Column, HTMLElement>),
      under,
    };
    this.node = element(
      'tr',
      { 'data-code': row.code },
      element('td', { class: 'favourite' }, this.#star),
      element(
        'th',
        { scope: 'row', class: 'code' },
        element('a', { href: currencyLink(service, row.code) }, row.code),
        under,
      ),
      ...cells.map(([, cell]) => cell),
    );
  }

  update(row: Row, { sheet, isFavourite }: { sheet: Sheet; isFavourite: boolean }): void {
    if (this.#shown.isSame(row, sheet, isFavourite)) return;
    const [words, tongue] = [this.#tongue.words, this.#tongue];
    const name = tongue.name(row);
    const nominal = (row.today ?? row.next)?.nominal ?? 1;
    const badges = () => badgesOf(row, sheet, tongue);
    const star = isFavourite ? words.removeFavourite(row.code) : words.addFavourite(row.code);
    this.#star.setAttribute('aria-label', star);
    this.#star.setAttribute('aria-pressed', String(isFavourite));
    fill(this.#star, isFavourite ? '★' : '☆');
    // Narrow screens have no columns for these.
    const units = nominal === 1 ? name : `${tongue.digits(nominal)} · ${name}`;
    fill(this.#cells.under, units, badges());
    fill(this.#cells.name, name, badges());
    fill(this.#cells.nominal, tongue.digits(nominal));
    this.#showRate('value', 'change', row.today);
    const hasNext = sheet.next !== null;
    for (const column of ['next', 'nextChange'] as const) this.#cells[column].hidden = !hasNext;
    if (hasNext) this.#showRate('next', 'nextChange', row.next);
  }

  /** `isLoading`: the last 30 days are still to come. */
  showLine(fixings: readonly Rate[] | undefined, days: Days | null, isLoading: boolean): void {
    if (this.#shownLine.isSame(fixings, days, isLoading)) return;
    const missing = isLoading ? '' : this.#tongue.words.noLine;
    fill(this.#cells.line, sparkline(fixings, days, this.#tongue) ?? missing);
    this.#cells.line.classList.toggle('waiting', isLoading);
  }

  /** Highlights a change. */
  flash(): void {
    clearTimeout(this.#flash);
    this.node.classList.add('flash');
    this.#flash = setTimeout(() => this.node.classList.remove('flash'), FLASH_MS);
  }

  #showRate(value: Column, change: Column, rate: Rate | null): void {
    const digits = rate && element('span', { class: 'digits' }, this.#tongue.digits(rate.value));
    const figure = () => rate && changeFigure(rate, this.#tongue);
    fill(this.#cells[value], digits ?? '—', element('span', { class: 'under' }, figure() ?? ''));
    fill(this.#cells[change], figure() ?? '—');
  }
}
