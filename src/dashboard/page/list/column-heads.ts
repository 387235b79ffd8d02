import type { Screen } from '../context.js';
import { button, element, fill } from '../elements/element.js';
import type { SortKey } from '../finding/sort-keys.js';
import type { Sheet } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

/** Labelled in `update`: they depend on the sheet. */
const COMPUTED: readonly SortKey[] = ['value', 'change', 'next', 'nextChange'];

/** Column heads of the table; a sortable one contains a button. */
export class ColumnHeads {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;
  readonly #onSort: (key: SortKey) => void;
  readonly #heads = new Map<SortKey, HTMLElement>();
  readonly #labels = new Map<SortKey, HTMLElement>();

  constructor(tongue: Tongue, onSort: (key: SortKey) => void) {
    this.#tongue = tongue;
    this.#onSort = onSort;
    const { columns } = tongue.words;
    this.node = element(
      'thead',
      {},
      element(
        'tr',
        {},
        element(
          'th',
          { scope: 'col', class: 'favourite' },
          element('span', { class: 'unseen' }, columns.favourite),
        ),
        this.#sortable('code', columns.code),
        this.#sortable('name', columns.name),
        element('th', { scope: 'col', class: 'nominal' }, columns.nominal),
        ...COMPUTED.map((key) => this.#sortable(key, '')),
        element('th', { scope: 'col', class: 'line' }, columns.line),
      ),
    );
  }

  update({ sheet, sort }: { sheet: Sheet; sort: Screen['sort'] }): void {
    const { words, days } = this.#tongue;
    const label = (key: SortKey, text: string) => {
      const node = this.#labels.get(key);
      if (node) fill(node, text);
    };
    label('value', words.columns.value(days.short(sheet.day ?? sheet.next ?? '')));
    label('change', words.columns.change);
    label('nextChange', words.columns.nextChange);
    if (sheet.next !== null) label('next', words.columns.next(days.short(sheet.next)));
    for (const [key, head] of this.#heads) {
      head.hidden = key.startsWith('next') && sheet.next === null;
      const order = sort.isDescending ? 'descending' : 'ascending';
      if (key === sort.key) head.setAttribute('aria-sort', order);
      else head.removeAttribute('aria-sort');
    }
  }

  #sortable(key: SortKey, text: string): HTMLElement {
    const label = element('span', {}, text);
    const mark = element('span', { class: 'mark', 'aria-hidden': 'true' });
    const sorts = button({ class: 'sort', onclick: () => this.#onSort(key) }, label, mark);
    const head = element('th', { scope: 'col', class: key }, sorts);
    this.#labels.set(key, label);
    this.#heads.set(key, head);
    return head;
  }
}
