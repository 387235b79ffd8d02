import type { Screen } from '../context.js';
import { element, field, fill } from '../elements/element.js';
import { type SortKey, SORT_KEYS } from '../finding/sort-keys.js';
import type { Sheet } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

type Choice = Partial<Pick<Screen, 'search' | 'isOnlyFavourites' | 'sort'>>;

interface Options {
  tongue: Tongue;
  screen: Screen;
  onChange: (choice: Choice) => void;
}

/** Controls above the table: search, favourites only, and on narrow screens the order. */
export class TableTools {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;
  readonly #screen: Screen;
  readonly #order: HTMLSelectElement;
  readonly #count: HTMLElement;

  /** `screen` stores the choices; `onChange` is called with them. */
  constructor({ tongue, screen, onChange }: Options) {
    this.#tongue = tongue;
    this.#screen = screen;
    const { words } = tongue;
    const search: HTMLInputElement = element('input', {
      ...{ type: 'search', id: 'search', value: screen.search, autocomplete: 'off' },
      ...{ placeholder: words.searchHint, spellcheck: 'false' },
      oninput: () => onChange({ search: search.value }),
    });
    const favourites: HTMLInputElement = element('input', {
      ...{ type: 'checkbox', id: 'only-favourites', checked: screen.isOnlyFavourites },
      onchange: () => onChange({ isOnlyFavourites: favourites.checked }),
    });
    this.#order = element('select', {
      id: 'order',
      onchange: () => {
        const [key, direction] = this.#order.value.split(' ');
        onChange({ sort: { key: key as SortKey, isDescending: direction === 'down' } });
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

  update({ count, sheet }: { count: number; sheet: Sheet }): void {
    const { words } = this.#tongue;
    const { key: chosen, isDescending } = this.#screen.sort;
    const keys = SORT_KEYS.filter((key) => sheet.next !== null || !key.startsWith('next'));
    const option = (key: SortKey, direction: 'up' | 'down') => {
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
