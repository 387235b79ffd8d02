import type { Context, Shared, View } from './context.js';
import { element, fill } from './elements/element.js';
import { tryAgain } from './elements/figures.js';
import { Masthead } from './masthead.js';
import { EmbedFold } from './embed/embed-fold.js';
import type { Connection } from './service/live.js';
import type { Preview } from './paint-contract.js';
import { previewOfDay } from './preview.js';
import type { Route } from './address/route.js';
import { moscowDay } from './values/days.js';
import type { Change } from './values/shapes.js';
import { Tongue } from './language/tongue.js';
import { viewOf } from './views.js';

/** The whole page in one language. A change of language creates a new page with the same board and screen. */
export class Page {
  readonly #context: Context;
  readonly #masthead: Masthead;
  #connection: Connection = 'connecting';
  #view: View;
  readonly #main = element('main', { id: 'content', tabindex: '-1' });
  readonly #paper = element('p', { class: 'paper' });
  readonly #embed: EmbedFold;
  readonly #status = element('p', { class: 'checked' });
  /** Says above every view that it may be old. */
  readonly #away = element('ul', { class: 'notices' });
  /** Scroll position of the list. */
  #listTop = 0;

  /** `context`: board, service, settings and screen, which keeps the user's input and choices. */
  constructor(context: Shared) {
    const tongue = new Tongue(context.settings.language);
    this.#context = { ...context, tongue };
    this.#masthead = new Masthead(this.#context);
    this.#embed = new EmbedFold(this.#context);
    this.#view = viewOf(this.#context, context.screen.route);
  }

  /** Makes what takes time before the page is shown. */
  async prepare(): Promise<void> {
    await this.#view.prepare?.();
  }

  /** `news` shows changes; it is kept when the language changes. */
  putInto(body: HTMLElement, news: HTMLElement): void {
    const { words } = this.#context.tongue;
    const skip = element(
      'a',
      {
        ...{ class: 'skip', href: '#content' },
        onclick: (event: Event) => {
          // The address has no fragment.
          event.preventDefault();
          this.#main.focus();
        },
      },
      words.skip,
    );
    const { service } = this.#context;
    const api = element('a', { href: service.address('docs') }, words.api);
    const about = element('p', {}, `${words.footer} `, api);
    const footer = element('footer', {}, about, this.#status, this.#paper);
    const demo = this.#context.isDemo ? [element('p', { class: 'demo' }, words.demo)] : [];
    this.#show();
    fill(body, skip, ...demo, this.#masthead.node, news, this.#main, footer);
  }

  /** Handles a change of the address. */
  turn(route: Route): void {
    const { screen } = this.#context;
    if (this.#view.turnTo?.(route)) {
      screen.route = route;
      return;
    }
    if (screen.route.name === 'list') this.#listTop = scrollY;
    this.#open(route);
    scrollTo(0, route.name === 'list' ? this.#listTop : 0);
    this.#main.querySelector('h1')?.focus({ preventScroll: true });
  }

  showConnection(state: Connection): void {
    this.#connection = state;
    const { rows, isAway } = this.#context.board;
    // Connected, but without answers: what is shown may be old.
    const shown = isAway && state === 'live' ? 'waiting' : state;
    this.#masthead.showConnection(shown, (rows ?? []).length > 0);
  }

  showTheme(): void {
    this.#masthead.showTheme();
    this.#view.repaint?.();
  }

  /** Gets ready to be printed, with what says where and when. */
  showPaper(address: string): void {
    const { words, days } = this.#context.tongue;
    fill(this.#paper, `${address} · ${words.printed(days.long(moscowDay()))}`);
    this.#view.repaint?.();
  }

  showRates(changes: readonly Change[]): void {
    this.#view.update(changes);
    this.#embed.update();
    this.showStatus();
  }

  showLines(): void {
    this.#view.showLines?.();
  }

  /** Shows the service's state, and failed requests. */
  showStatus(): void {
    const { board, tongue } = this.#context;
    const at = board.status?.last_run?.finished_at;
    fill(this.#status, at ? tongue.words.checked(tongue.days.moment(at)) : '');
    this.showConnection(this.#connection);
    this.#showAway();
    this.#view.showStatus?.();
  }

  #showAway(): void {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const day = board.sheet?.day ?? board.sheet?.next ?? null;
    const said =
      day === null || board.seenAt === null
        ? words.unreachable
        : words.lastKnown(days.long(day), days.moment(board.seenAt));
    this.#away.hidden = !board.isAway;
    const again = tryAgain(tongue, () => void board.load());
    fill(this.#away, ...(board.isAway ? [element('li', {}, `${said} `, again)] : []));
  }

  showFavourites(): void {
    this.#view.updateFavourites();
  }

  showFormer(): void {
    this.#view.showFormer?.();
  }

  /** In the browser's tab; an address may turn out to name nothing. */
  showTitle(): void {
    document.title = this.title;
    this.#embed.showWhere(this.isUnknown);
  }

  get title(): string {
    const { title } = this.#context.tongue.words;
    const shown = this.#view.title;
    return shown === null ? title : `${shown} — ${title}`;
  }

  get description(): string {
    return this.#view.description ?? this.#context.tongue.words.description;
  }

  get preview(): Preview {
    const { rows, sheet } = this.#context.board;
    const today = (rows ?? []).flatMap((row) => row.today ?? row.next ?? []);
    return this.#view.preview ?? previewOfDay(today, sheet?.day ?? sheet?.next ?? '');
  }

  get isUnknown(): boolean {
    return this.#view.isUnknown ?? false;
  }

  get tongue(): Tongue {
    return this.#context.tongue;
  }

  destroy(): void {
    this.#view.destroy?.();
  }

  #open(route: Route): void {
    this.#view.destroy?.();
    this.#context.screen.route = route;
    this.#view = viewOf(this.#context, route);
    this.#show();
  }

  #show(): void {
    const { screen, board } = this.#context;
    fill(this.#main, this.#away, this.#view.node, this.#embed.node);
    this.#embed.close();
    this.#embed.showWhere(this.isUnknown);
    if (board.rows !== null) this.showRates([]);
    if (screen.former) this.showFormer();
  }
}
