import type { Context, Shared, View } from './context.js';
import { CurrencyView } from './currency-view.js';
import { element, fill } from './element.js';
import { ListView } from './list-view.js';
import { Masthead } from './masthead.js';
import type { Connection } from './live.js';
import { type Route, routeOf } from './route.js';
import type { Change, Currency } from './shapes.js';
import { Tongue } from './tongue.js';

/** The whole page in one language. A change of language creates a new page with the same board and screen. */
export class Page {
  readonly #context: Context;
  readonly #masthead: Masthead;
  #view: View | undefined;
  readonly #main = element('main', { id: 'content', tabindex: '-1' });
  readonly #status = element('p', { class: 'checked' });
  /** Scroll position of the list. */
  #listTop = 0;

  /** `context`: board, service, settings and screen, which keeps the user's input and choices. */
  constructor(context: Shared) {
    const tongue = new Tongue(context.settings.language);
    this.#context = { ...context, tongue };
    this.#masthead = new Masthead(this.#context);
    document.documentElement.lang = tongue.language;
  }

  /** `news` shows changes; it is kept when the language changes. */
  putInto(body: HTMLElement, news: HTMLElement): void {
    const { words } = this.#context.tongue;
    const skip = element(
      'a',
      {
        ...{ class: 'skip', href: '#content' },
        onclick: (event: Event) => {
          // The fragment is used for the route.
          event.preventDefault();
          this.#main.focus();
        },
      },
      words.skip,
    );
    const { service } = this.#context;
    const api = element('a', { href: service.address('docs') }, words.api);
    const footer = element('footer', {}, element('p', {}, `${words.footer} `, api), this.#status);
    const isDemo = 'demo' in document.documentElement.dataset;
    const demo = isDemo ? [element('p', { class: 'demo' }, words.demo)] : [];
    fill(body, skip, ...demo, this.#masthead.node, news, this.#main, footer);
    this.#open(routeOf(location.hash));
  }

  /** Handles a change of the address. */
  turn(): void {
    const route = routeOf(location.hash);
    const { screen } = this.#context;
    if (this.#view?.turnTo?.(route)) {
      screen.route = route;
      return;
    }
    if (screen.route.name === 'list') this.#listTop = scrollY;
    this.#open(route);
    scrollTo(0, route.name === 'list' ? this.#listTop : 0);
    this.#main.querySelector('h1')?.focus({ preventScroll: true });
  }

  showConnection(state: Connection): void {
    this.#masthead.showConnection(state);
  }

  showTheme(): void {
    this.#masthead.showTheme();
    this.#view?.repaint?.();
  }

  showRates(changes: readonly Change[]): void {
    this.#view?.update(changes);
    this.showStatus();
  }

  showLines(): void {
    this.#view?.showLines?.();
  }

  /** Shows the service's state, and failed requests. */
  showStatus(): void {
    const { board, tongue } = this.#context;
    const at = board.status?.last_run?.finished_at;
    fill(this.#status, at ? tongue.words.checked(tongue.days.moment(at)) : '');
    this.#view?.showNotices?.();
  }

  showFavourites(): void {
    this.#view?.updateFavourites();
  }

  showFormer(currencies: readonly Currency[]): void {
    this.#view?.showFormer?.(currencies);
  }

  get tongue(): Tongue {
    return this.#context.tongue;
  }

  destroy(): void {
    this.#view?.destroy?.();
  }

  #open(route: Route): void {
    const { screen, board, tongue } = this.#context;
    this.#view?.destroy?.();
    screen.route = route;
    this.#view = this.#viewOf(route);
    fill(this.#main, this.#view.node);
    const { title } = tongue.words;
    document.title = this.#view.title ? `${this.#view.title} — ${title}` : title;
    if (board.rows !== null) this.showRates([]);
    if (screen.former) this.showFormer(screen.former);
  }

  #viewOf(route: Route): View {
    return route.name === 'currency'
      ? new CurrencyView(this.#context, route)
      : new ListView(this.#context);
  }
}
