import { CurrencyView } from './currency-view.js';
import { element, fill } from './element.js';
import { ListView } from './list-view.js';
import { Masthead } from './masthead.js';
import { routeOf } from './route.js';
import { Tongue } from './tongue.js';

/** The whole page in one language. A change of language creates a new page with the same board and screen. */
export class Page {
  #context;
  #masthead;
  #view;
  #main = element('main', { id: 'content', tabindex: '-1' });
  #status = element('p', { class: 'checked' });
  /** Scroll position of the list. */
  #listTop = 0;

  /** `context`: board, service, settings and screen, which keeps the user's input and choices. */
  constructor(context) {
    const tongue = new Tongue(context.settings.language);
    this.#context = { ...context, tongue };
    this.#masthead = new Masthead(this.#context);
    document.documentElement.lang = tongue.language;
  }

  /** `news` shows changes; it is kept when the language changes. */
  putInto(body, news) {
    const { words } = this.#context.tongue;
    const skip = element(
      'a',
      {
        ...{ class: 'skip', href: '#content' },
        onclick: (event) => {
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
  turn() {
    const route = routeOf(location.hash);
    const { name, code } = this.#context.screen.route;
    if (route.name === 'currency' && name === 'currency' && code === route.code) {
      this.#context.screen.route = route;
      this.#view.turnTo(route);
      return;
    }
    if (name === 'list') this.#listTop = scrollY;
    this.#open(route);
    scrollTo(0, route.name === 'list' ? this.#listTop : 0);
    this.#main.querySelector('h1').focus({ preventScroll: true });
  }

  showConnection(state) {
    this.#masthead.showConnection(state);
  }

  showTheme() {
    this.#masthead.showTheme();
    this.#view.repaint?.();
  }

  showRates(changes) {
    this.#view.update(changes);
    this.showStatus();
  }

  showLines() {
    this.#view.showLines?.();
  }

  /** Shows the service's state, and failed requests. */
  showStatus() {
    const { board, tongue } = this.#context;
    const at = board.status?.last_run?.finished_at;
    fill(this.#status, at ? tongue.words.checked(tongue.days.moment(at)) : '');
    this.#view.showNotices?.();
  }

  showFavourites() {
    this.#view.updateFavourites();
  }

  showFormer(currencies) {
    this.#view.showFormer?.(currencies);
  }

  get tongue() {
    return this.#context.tongue;
  }

  destroy() {
    this.#view.destroy?.();
  }

  #open(route) {
    const { screen, board, tongue } = this.#context;
    this.#view?.destroy?.();
    screen.route = route;
    this.#view =
      route.name === 'currency'
        ? new CurrencyView(this.#context, route)
        : new ListView(this.#context);
    fill(this.#main, this.#view.node);
    const { title } = tongue.words;
    document.title = this.#view.title ? `${this.#view.title} — ${title}` : title;
    if (board.rows !== null) this.showRates([]);
    if (screen.former) this.showFormer(screen.former);
  }
}
