import { ColumnHeads } from './column-heads.js';
import type { Context } from '../context.js';
import { element, fill } from '../elements/element.js';
import { ordered } from '../finding/order.js';
import type { SortKey } from '../finding/sort-keys.js';
import { RateRow } from './rate-row.js';
import { nextTask } from '../service/next-task.js';
import type { Change, Row, Sheet } from '../values/shapes.js';
import { TableTools } from './table-tools.js';

/** Longest time in which rows are made at once, in milliseconds. */
const SLICE_MS = 8;
/** Columns that are first sorted in descending order. */
const DESCENDING_FIRST: readonly SortKey[] = ['value', 'change', 'next', 'nextChange'];

/** Table of all currencies. */
export class RatesTable {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #heads: ColumnHeads;
  readonly #tools: TableTools;
  readonly #body = element('tbody');
  readonly #nothing = element('p', { class: 'nothing', hidden: true });
  readonly #rows = new Map<string, RateRow>();

  /** `context`: shared by all views: board, settings, tongue, screen. */
  constructor(context: Context) {
    this.#context = context;
    const { tongue, screen } = context;
    this.#heads = new ColumnHeads(tongue, (key) => this.#sortBy(key));
    this.#tools = new TableTools({
      tongue,
      screen,
      onChange: (choice) => {
        Object.assign(screen, choice);
        context.keepAddress();
        this.update();
      },
    });
    const caption = element('caption', { class: 'unseen' }, tongue.words.tableCaption);
    const table = element('table', { class: 'rates' }, caption, this.#heads.node, this.#body);
    this.node = element('section', { class: 'list' }, this.#tools.node, table, this.#nothing);
  }

  /** Shows the board; the rows of `changes` flash. */
  update(changes: readonly Change[] = []): void {
    const { board, settings, tongue, screen } = this.#context;
    const { sheet } = board;
    if (board.rows === null || sheet === null) return;
    const { favourites } = settings;
    const { language } = tongue;
    const rows = ordered(board.rows, { ...screen, favourites, language });
    this.node.classList.toggle('has-next', sheet.next !== null);
    this.#heads.update({ sheet, sort: screen.sort });
    this.#tools.update({ sheet, count: rows.length });
    this.#arrange(rows.map((row) => this.#updated(row, sheet).node));
    for (const { code } of changes) this.#rows.get(code)?.flash();
    const isBare = screen.isOnlyFavourites && favourites.length === 0;
    fill(this.#nothing, isBare ? tongue.words.noFavourites : tongue.words.noneFound);
    this.#nothing.hidden = rows.length > 0;
  }

  /** Makes the rows, so that the first update only puts them in place. */
  async prepare(): Promise<void> {
    const { rows, sheet } = this.#context.board;
    if (rows !== null && sheet !== null) await inSlices(rows, (row) => this.#updated(row, sheet));
  }

  async showLines(): Promise<void> {
    await inSlices([...this.#rows], ([code, row]) => this.#showLine(row, code));
  }

  #showLine(row: RateRow, code: string): void {
    const { lines, lineDays, linesProblem } = this.#context.board;
    row.showLine(lines.get(code), lineDays, lineDays === null && linesProblem === null);
  }

  #updated(row: Row, sheet: Sheet): RateRow {
    const shown = this.#rowOf(row);
    const isFavourite = this.#context.settings.favourites.includes(row.code);
    shown.update(row, { sheet, isFavourite });
    return shown;
  }

  #rowOf(row: Row): RateRow {
    const known = this.#rows.get(row.code);
    if (known) return known;
    const made = new RateRow(row, this.#context);
    this.#showLine(made, row.code);
    this.#rows.set(row.code, made);
    return made;
  }

  /** A moved element loses the focus, so nodes are replaced only if their order changes. */
  #arrange(nodes: readonly HTMLElement[]): void {
    const present = [...this.#body.children];
    if (nodes.length === present.length && nodes.every((node, at) => node === present[at])) return;
    if (present.length === 0) {
      fill(this.#body, nodes);
      return;
    }
    const focused = document.activeElement;
    fill(this.#body, nodes);
    if (focused instanceof HTMLElement && this.#body.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  #sortBy(key: SortKey): void {
    const { screen } = this.#context;
    const { sort } = screen;
    const isDescending = sort.key === key ? !sort.isDescending : DESCENDING_FIRST.includes(key);
    screen.sort = { key, isDescending };
    this.#context.keepAddress();
    this.update();
  }
}

async function inSlices<Item>(items: readonly Item[], work: (item: Item) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    if (performance.now() - began > SLICE_MS) {
      await nextTask();
      began = performance.now();
    }
    work(item);
  }
}
