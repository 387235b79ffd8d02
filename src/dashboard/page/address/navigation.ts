import { addressOf, type Route, routeOf, routeOfOldAddress } from './route.js';

/**
 * Address of the page: follows links to its own views without loading them. Dispatches `turn` when the address is
 * another one.
 */
export class Navigation extends EventTarget {
  readonly #base: URL;

  /** `base`: address of the service. */
  constructor(base: string) {
    super();
    this.#base = new URL(base);
    this.#leaveOldAddress();
    // Also fired when only the fragment is another one.
    addEventListener('popstate', () => {
      this.#leaveOldAddress();
      this.#turn();
    });
  }

  /** Until then links load their address: there is nothing yet that could show it. */
  followLinks(): void {
    document.addEventListener('click', (event) => this.#follow(event));
  }

  get query(): URLSearchParams {
    return new URL(location.href).searchParams;
  }

  get route(): Route {
    return this.#routeOf(new URL(location.href)) ?? { name: 'list' };
  }

  /** Changes the address without a step in the history. `address`: relative to the page's. */
  keep(address: string): void {
    const next = new URL(this.#base.href + address);
    // What the page was opened with, such as its language.
    const language = this.query.get('lang');
    if (language !== null) next.searchParams.set('lang', language);
    if (next.href !== location.href) history.replaceState(null, '', next);
  }

  /** `address`: relative to the page's. */
  go(address: string): void {
    history.pushState(null, '', this.#base.href + address);
    this.#turn();
  }

  forgetLanguage(): void {
    const next = new URL(location.href);
    next.searchParams.delete('lang');
    history.replaceState(null, '', next);
  }

  #leaveOldAddress(): void {
    const route = routeOfOldAddress(location.hash);
    if (route === null) return;
    history.replaceState(null, '', this.#base.href + addressOf(route));
  }

  #follow(event: MouseEvent): void {
    const isPlain = event.button === 0 && !event.defaultPrevented;
    if (!isPlain || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.target !== '' || link.hasAttribute('download')) return;
    const next = new URL(link.href);
    const route = this.#routeOf(next);
    if (route === null || route.name === 'unknown' || next.hash !== '') return;
    event.preventDefault();
    if (next.href === location.href) return;
    history.pushState(null, '', next);
    this.#turn();
  }

  /** Null: another site. */
  #routeOf({ origin, pathname, searchParams }: URL): Route | null {
    const { origin: own, pathname: root } = this.#base;
    if (origin !== own || !pathname.startsWith(root)) return null;
    return routeOf(pathname.slice(root.length), searchParams);
  }

  #turn(): void {
    this.dispatchEvent(new Event('turn'));
  }
}
