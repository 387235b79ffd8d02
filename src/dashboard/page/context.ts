import type { Board } from './service/board.js';
import type { Preview } from './paint-contract.js';
import type { SortKey } from './finding/sort-keys.js';
import type { Route } from './address/route.js';
import type { Service } from './service/service.js';
import type { Settings } from './service/settings.js';
import type { Change, Currency } from './values/shapes.js';
import type { Tongue } from './language/tongue.js';

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
  isDemo: boolean;
  /** Whether other sites may show rates. */
  isEmbeddable: boolean;
  /** Opens another address of the page, relative to the service. */
  go: (address: string) => void;
  /** Puts what is on the screen into the address. */
  keepAddress: () => void;
  /** Shows the title of the view, which has changed. */
  keepTitle: () => void;
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
  /** For search engines and previews of links; null: that of the page. */
  readonly description?: string | null;
  /** Picture in previews of links; null: that of the list. */
  readonly preview?: Preview | null;
  /** The address names nothing that exists. */
  readonly isUnknown?: boolean;
  /** Makes what takes time, in parts, before the view is shown. Asks for nothing: `update` follows. */
  prepare?(): Promise<void>;
  update(changes: readonly Change[]): void;
  /** Favourites changed; rates did not. */
  updateFavourites(): void;
  /** Shows another route of the same view; false if it cannot. */
  turnTo?(route: Route): boolean;
  repaint?(): void;
  showLines?(): void;
  /** The service's state is new, or a problem. */
  showStatus?(): void;
  showFormer?(): void;
  destroy?(): void;
}
