import type { Context } from '../context.js';
import { element, fill } from '../elements/element.js';
import { Shown } from '../elements/shown.js';
import { changeFigure, manualBadge } from '../elements/figures.js';
import { currencyLink } from '../address/links.js';
import type { Row } from '../values/shapes.js';
import { USUAL } from '../finding/sort-keys.js';
import { sparkChange, sparkline } from './sparkline.js';

const MOST = 3;

/** Large rates above the table: the first favourites. */
export class Headlines {
  readonly node = element('ul', { class: 'headlines' });
  readonly #context: Context;
  readonly #shown = new Shown();

  constructor(context: Context) {
    this.#context = context;
  }

  update(): void {
    const { board, settings } = this.#context;
    const wanted = [...new Set([...settings.favourites, ...USUAL])];
    const rows = wanted
      .flatMap((code) => (board.rows ?? []).filter((row) => row.code === code))
      .slice(0, MOST);
    const lines = rows.map(({ code }) => board.lines.get(code));
    if (this.#shown.isSame(rows, lines, board.lineDays)) return;
    fill(
      this.node,
      rows.map((row) => this.#card(row)),
    );
  }

  #card(row: Row): HTMLElement | null {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const rate = row.today ?? row.next;
    if (rate === null) return null;
    const units = rate.nominal === 1 ? '' : ` ${words.units(tongue.digits(rate.nominal))}`;
    const next =
      row.today && row.next
        ? element(
            'p',
            { class: 'coming' },
            `${words.from(days.short(row.next.effective_date))} `,
            element('span', { class: 'digits' }, tongue.digits(row.next.value)),
            changeFigure(row.next, tongue),
            manualBadge(tongue, row.next),
          )
        : null;
    return element(
      'li',
      {},
      element(
        'a',
        { class: 'headline', href: currencyLink(this.#context.service, row.code) },
        element(
          'span',
          { class: 'who' },
          element('b', {}, row.code),
          ` ${tongue.name(row)}${units}`,
        ),
        element('span', { class: 'figure digits' }, tongue.digits(rate.value)),
        changeFigure(rate, tongue),
        manualBadge(tongue, rate),
        sparkline(board.lines.get(row.code), board.lineDays, tongue) ??
          element('span', { class: 'spark' }),
        sparkChange(board.lines.get(row.code), tongue) ??
          element('span', { class: 'period' }, '\u00A0'),
      ),
      next,
    );
  }
}
