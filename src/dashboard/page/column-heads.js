import { button, element, fill } from './element.js';

/** Column heads of the table; a sortable one contains a button. */
export class ColumnHeads {
  #tongue;
  #onSort;
  #heads = new Map();
  #labels = new Map();

  constructor(tongue, onSort) {
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
        ...['value', 'change', 'next', 'nextChange'].map((key) => this.#sortable(key, '')),
        element('th', { scope: 'col', class: 'line' }, columns.line),
      ),
    );
  }

  update({ sheet, sort }) {
    const { words, days } = this.#tongue;
    const label = (key, text) => fill(this.#labels.get(key), text);
    label('value', words.columns.value(days.short(sheet.day ?? sheet.next)));
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

  #sortable(key, text) {
    const label = element('span', {}, text);
    const mark = element('span', { class: 'mark', 'aria-hidden': 'true' });
    const sorts = button({ class: 'sort', onclick: () => this.#onSort(key) }, label, mark);
    const head = element('th', { scope: 'col', class: key }, sorts);
    this.#labels.set(key, label);
    this.#heads.set(key, head);
    return head;
  }
}
