import type { Context } from '../context.js';
import { button, element, fill } from '../elements/element.js';
import { changeFigure, manualBadge } from '../elements/figures.js';
import { addressOf } from '../address/route.js';
import { isOldRouble } from '../values/series.js';
import type { Rate } from '../values/shapes.js';

/** Rows at a time: a history since 1992 has more than 8,000. */
const ROWS = 15;

/** Values of a range day by day as published, newest first. */
export class DailyTable {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #body = element('tbody');
  readonly #place = element('span', { class: 'place', role: 'status' });
  readonly #pages = element('p', { class: 'pages' });
  readonly #newer: HTMLElement;
  readonly #older: HTMLElement;
  #fixings: readonly Rate[] = [];
  #isCross = false;
  /** Rows before the first one shown. */
  #top = 0;

  constructor(context: Context) {
    this.#context = context;
    const { words } = context.tongue;
    this.#newer = button({ onclick: () => this.#turn(-ROWS) }, words.newer);
    this.#older = button({ onclick: () => this.#turn(ROWS) }, words.older);
    fill(this.#pages, this.#newer, this.#place, this.#older);
    const head = (text: string) => element('th', { scope: 'col' }, text);
    const { change } = words.columns;
    this.node = element(
      'section',
      { class: 'daily', hidden: true },
      element('h2', { id: 'daily' }, words.daily),
      element(
        'table',
        { 'aria-labelledby': 'daily' },
        element('thead', {}, element('tr', {}, ...[words.day, words.rateColumn, change].map(head))),
        this.#body,
      ),
      this.#pages,
    );
  }

  /** `isCross`: prices in another currency, which are in no rouble. `isSameRange`: the reader stays where they read. */
  show(
    fixings: readonly Rate[],
    { isCross, isSameRange }: { isCross: boolean; isSameRange: boolean },
  ): void {
    this.#isCross = isCross;
    if (!isSameRange || this.#top >= fixings.length) this.#top = 0;
    this.#fixings = fixings.toReversed();
    this.node.hidden = fixings.length === 0;
    this.#pages.hidden = fixings.length <= ROWS;
    this.#turn(0);
  }

  #turn(rows: number): void {
    const { tongue } = this.#context;
    const count = this.#fixings.length;
    const top = this.#top + rows;
    if (top >= 0 && top < count) this.#top = top;
    const shown = this.#fixings.slice(this.#top, this.#top + ROWS);
    fill(
      this.#body,
      shown.map((fixing) => this.#row(fixing)),
    );
    const [first, last] = [this.#top + 1, this.#top + shown.length].map((at) => tongue.digits(at));
    fill(this.#place, tongue.words.place(`${first}–${last}`, tongue.digits(count)));
    // A disabled button would lose the focus.
    this.#newer.setAttribute('aria-disabled', String(this.#top === 0));
    this.#older.setAttribute('aria-disabled', String(this.#top + ROWS >= count));
  }

  #row(fixing: Rate): HTMLElement {
    const { service, tongue } = this.#context;
    const { words, days } = tongue;
    const { effective_date: day, nominal, value } = fixing;
    const href = service.address(addressOf({ name: 'day', day }));
    const units = nominal === 1 ? [] : [words.units(tongue.digits(nominal))];
    const old = isOldRouble(fixing) && !this.#isCross ? [words.inOldRoubles] : [];
    const about = [...units, ...old].join(', ');
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('a', { href }, days.long(day))),
      element(
        'td',
        {},
        element('span', { class: 'digits' }, tongue.digits(value)),
        about !== '' && element('span', { class: 'under' }, about),
        manualBadge(tongue, fixing),
      ),
      element('td', {}, changeFigure(fixing, tongue)),
    );
  }
}
