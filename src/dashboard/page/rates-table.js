import { ColumnHeads } from './column-heads.js';
import { element, fill } from './element.js';
import { ordered } from './order.js';
import { RateRow } from './rate-row.js';
import { TableTools } from './table-tools.js';

/** Columns that are first sorted in descending order. */
const DESCENDING_FIRST = ['value', 'change', 'next', 'nextChange'];

/** Table of all currencies. */
export class RatesTable {
  #context;
  #heads;
  #tools;
  #body = element('tbody');
  #nothing = element('p', { class: 'nothing', hidden: true });
  #rows = new Map();

  /** `context`: shared by all views: board, settings, tongue, screen. */
  constructor(context) {
    this.#context = context;
    const { tongue, screen } = context;
    this.#heads = new ColumnHeads(tongue, (key) => this.#sortBy(key));
    const onChange = (choice) => {
      Object.assign(screen, choice);
      this.update();
    };
    this.#tools = new TableTools({ tongue, screen, onChange });
    const caption = element('caption', { class: 'unseen' }, tongue.words.tableCaption);
    const table = element('table', { class: 'rates' }, caption, this.#heads.node, this.#body);
    this.node = element('section', { class: 'list' }, this.#tools.node, table, this.#nothing);
  }

  /** Shows the board; the rows of `changes` flash. */
  update(changes = []) {
    const { board, settings, tongue, screen } = this.#context;
    const { sheet } = board;
    const { favourites } = settings;
    const { language } = tongue;
    const rows = ordered(board.rows, { ...screen, favourites, language });
    this.node.classList.toggle('has-next', sheet.next !== null);
    this.#heads.update({ sheet, sort: screen.sort });
    this.#tools.update({ sheet, count: rows.length });
    for (const row of rows) {
      this.#rowOf(row).update(row, { sheet, isFavourite: favourites.includes(row.code) });
    }
    this.#arrange(rows.map(({ code }) => this.#rows.get(code).node));
    for (const { code } of changes) this.#rows.get(code)?.flash();
    const isBare = screen.isOnlyFavourites && favourites.length === 0;
    fill(this.#nothing, isBare ? tongue.words.noFavourites : tongue.words.noneFound);
    this.#nothing.hidden = rows.length > 0;
  }

  showLines() {
    const { lines, lineDays } = this.#context.board;
    for (const [code, row] of this.#rows) row.showLine(lines.get(code), lineDays);
  }

  #rowOf(row) {
    const known = this.#rows.get(row.code);
    if (known) return known;
    const { board, settings, tongue } = this.#context;
    const made = new RateRow(row, tongue, (code) => settings.toggleFavourite(code));
    made.showLine(board.lines.get(row.code), board.lineDays);
    this.#rows.set(row.code, made);
    return made;
  }

  /** A moved element loses the focus, so nodes are replaced only if their order changes. */
  #arrange(nodes) {
    const focused = document.activeElement;
    const present = [...this.#body.children];
    if (nodes.length === present.length && nodes.every((node, at) => node === present[at])) return;
    fill(this.#body, nodes);
    if (this.#body.contains(focused)) focused.focus({ preventScroll: true });
  }

  #sortBy(key) {
    const { screen } = this.#context;
    const { sort } = screen;
    const isDescending = sort.key === key ? !sort.isDescending : DESCENDING_FIRST.includes(key);
    screen.sort = { key, isDescending };
    this.update();
  }
}
