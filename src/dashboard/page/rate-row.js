import { button, element, fill } from './element.js';
import { badgesOf, changeFigure } from './figures.js';
import { currencyHash } from './route.js';
import { sparkline } from './sparkline.js';

/** Duration of the animation in the style sheet, in milliseconds. */
const FLASH_MS = 2_400;

/** A row of the table. Focusable elements are kept when figures change. */
export class RateRow {
  #tongue;
  #star;
  #cells = {};
  #flash;

  constructor(row, tongue, onStar) {
    this.#tongue = tongue;
    this.#star = button({ class: 'star', onclick: () => onStar(row.code) });
    const cell = (name) => (this.#cells[name] = element('td', { class: name }));
    this.#cells.under = element('span', { class: 'under' });
    this.node = element(
      'tr',
      { 'data-code': row.code },
      element('td', { class: 'favourite' }, this.#star),
      element(
        'th',
        { scope: 'row', class: 'code' },
        element('a', { href: currencyHash(row.code) }, row.code),
        this.#cells.under,
      ),
      ...['name', 'nominal', 'value', 'change', 'next', 'nextChange', 'line'].map(cell),
    );
  }

  update(row, { sheet, isFavourite }) {
    const [words, tongue] = [this.#tongue.words, this.#tongue];
    const name = tongue.name(row);
    const { nominal } = row.today ?? row.next;
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
    for (const column of ['next', 'nextChange']) this.#cells[column].hidden = !hasNext;
    if (hasNext) this.#showRate('next', 'nextChange', row.next);
  }

  showLine(fixings, days) {
    fill(this.#cells.line, sparkline(fixings, days, this.#tongue) ?? this.#tongue.words.noLine);
  }

  /** Highlights a change. */
  flash() {
    clearTimeout(this.#flash);
    this.node.classList.add('flash');
    this.#flash = setTimeout(() => this.node.classList.remove('flash'), FLASH_MS);
  }

  #showRate(value, change, rate) {
    const digits = rate && element('span', { class: 'digits' }, this.#tongue.digits(rate.value));
    const figure = (attributes) => rate && changeFigure(rate, this.#tongue, attributes);
    fill(this.#cells[value], digits ?? '—', element('span', { class: 'under' }, figure() ?? ''));
    fill(this.#cells[change], figure() ?? '—');
  }
}
