import { element, field, fill } from './element.js';
import { SORT_KEYS } from './order.js';

/** Controls above the table: search, favourites only, and on narrow screens the order. */
export class TableTools {
  #tongue;
  #screen;
  #order;
  #count;

  /** `screen` stores the choices; `onChange` is called with them. */
  constructor({ tongue, screen, onChange }) {
    this.#tongue = tongue;
    this.#screen = screen;
    const { words } = tongue;
    const search = element('input', {
      ...{ type: 'search', id: 'search', value: screen.search, autocomplete: 'off' },
      ...{ placeholder: words.searchHint, spellcheck: 'false' },
      oninput: ({ target }) => onChange({ search: target.value }),
    });
    const favourites = element('input', {
      ...{ type: 'checkbox', id: 'only-favourites', checked: screen.isOnlyFavourites },
      onchange: ({ target }) => onChange({ isOnlyFavourites: target.checked }),
    });
    this.#order = element('select', {
      id: 'order',
      onchange: ({ target }) => {
        const [key, direction] = target.value.split(' ');
        onChange({ sort: { key, isDescending: direction === 'down' } });
      },
    });
    this.#count = element('span', { class: 'count', role: 'status' });
    this.node = element(
      'div',
      { class: 'tools', role: 'search' },
      field(search, words.search, { class: 'field search' }),
      field(favourites, words.onlyFavourites, { class: 'field check' }),
      field(this.#order, words.sort, { class: 'field order' }),
      this.#count,
    );
  }

  update({ count, sheet }) {
    const { words } = this.#tongue;
    const { key: chosen, isDescending } = this.#screen.sort;
    const keys = SORT_KEYS.filter((key) => sheet.next !== null || !key.startsWith('next'));
    const option = (key, direction) => {
      const text = direction === 'down' ? words.descending : words.ascending;
      const selected = key === chosen && isDescending === (direction === 'down');
      const value = `${key} ${direction}`;
      return element('option', { value, selected }, `${words.sortNames[key]}, ${text}`);
    };
    fill(
      this.#order,
      keys.flatMap((key) => [option(key, 'up'), option(key, 'down')]),
    );
    const text = words.found(count);
    if (this.#count.textContent !== text) fill(this.#count, text);
  }
}
