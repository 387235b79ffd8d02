import type { Board } from './board.js';
import type { SortKey } from './order.js';
import type { Route } from './route.js';
import type { Service } from './service.js';
import type { Settings } from './settings.js';
import type { Change, Currency } from './shapes.js';
import type { Tongue } from './tongue.js';

/** The user's input and choices, kept when the view or the language changes. */
export interface Screen {
  route: Route;
  search: string;
  isOnlyFavourites: boolean;
  sort: { key: SortKey; isDescending: boolean };
  converter: { amount: string; from: string; to: string; date: string };
  /** Currencies that can be converted on their days; null until loaded. */
  former: readonly Currency[] | null;
}

/** What all views of all languages share. */
export interface Shared {
  board: Board;
  service: Service;
  settings: Settings;
  screen: Screen;
}

/** What the views of one language share. */
export interface Context extends Shared {
  tongue: Tongue;
}

/** A view below the masthead. */
export interface View {
  readonly node: HTMLElement;
  /** Null: the title of the page alone. */
  readonly title: string | null;
  update(changes: readonly Change[]): void;
  /** Favourites changed; rates did not. */
  updateFavourites(): void;
  /** Shows another route of the same view; false if it cannot. */
  turnTo?(route: Route): boolean;
  repaint?(): void;
  showLines?(): void;
  showNotices?(): void;
  showFormer?(currencies: readonly Currency[]): void;
  destroy?(): void;
}
