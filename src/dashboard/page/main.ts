import { Board } from './service/board.js';
import { sentenceFor } from './service/changes.js';
import type { Shared } from './context.js';
import { EarlyReader } from './elements/early-reader.js';
import { element, fill } from './elements/element.js';
import { KeptAnswers } from './service/kept-answers.js';
import { loadWords } from './language/words.js';
import { Live, type NewsDetail, type StateDetail } from './service/live.js';
import { addressOfScreen, freshScreen, takeChoices } from './address/list-state.js';
import { Navigation } from './address/navigation.js';
import { Network } from './service/network.js';
import { keepPage } from './service/offline.js';
import { Page } from './page.js';
import type { FirstAnswers } from './paint-contract.js';
import { Problem, Service } from './service/service.js';
import { Settings, usableStorage } from './service/settings.js';
import type { Change, Currency } from './values/shapes.js';
import { unknownModule } from './unknown-module.js';
import { followTheme } from './shown-theme.js';
import { loadView } from './views.js';

/** Details of the events of board, live and settings. */
interface Details {
  rates: { changes: Change[] };
  state: StateDetail;
  news: NewsDetail;
  change: { name?: string };
}

/** Interval of the check without events, in milliseconds. */
const LOOK_MS = 60_000;

// This module is in the folder `page/<build>` of the service.
const base = new URL('../..', import.meta.url).href;
const navigation = new Navigation(base);
// Their relative addresses would change with the page's.
for (const link of document.querySelectorAll<HTMLLinkElement>(
  'link[rel*="icon"], [rel="manifest"]',
)) {
  link.setAttribute('href', link.href);
}
const settings = new Settings(usableStorage(), navigation.query.get('lang'));
// Missing if the page was opened without the service (worker.ts).
const painted = document.getElementById('first');
const first = painted?.textContent ?? null;
const isMadeUp = 'demo' in document.documentElement.dataset;
const kept = KeptAnswers.open(base, first === null ? undefined : isMadeUp);
const service = new Service(
  base,
  new Network(base, first === null ? null : (JSON.parse(first) as FirstAnswers), kept),
);
const board = new Board(service);
const screen = freshScreen(navigation.route, navigation.query);
const news = element('p', { class: 'news', role: 'status' });
const context: Shared = {
  ...{ board, service, settings, screen },
  isDemo: first === null ? ((await kept)?.isDemo ?? false) : isMadeUp,
  isEmbeddable: 'embed' in document.documentElement.dataset,
  go: (address) => navigation.go(address),
  keepAddress: () => navigation.keep(addressOfScreen(screen)),
  keepTitle: () => page.showTitle(),
};

await Promise.all([
  loadWords(settings.language),
  loadView(screen.route.name),
  document.querySelector('main .unknown') && unknownModule(),
]);
const { log = '', version } = painted?.dataset ?? {};
await board.begin({ log_id: log, data_version: Number(version) });
let page = new Page(context);
await page.prepare();
const live = new Live(board, service.base);
const early = new EarlyReader();
putPage(page);
/** The request for former currencies. */
let asking: Promise<void> | undefined;
early.restoreFocus();
navigation.followLinks();

listen(board, 'rates', ({ changes }) => {
  page.showRates(changes);
  context.keepTitle();
  wantFormer();
});
board.addEventListener('lines', () => page.showLines());
board.addEventListener('problem', () => page.showStatus());
board.addEventListener('status', () => {
  page.showStatus();
  wantFormer();
});

listen(live, 'state', ({ state, before, isReturn }) => {
  page.showConnection(state);
  const { words } = page.tongue;
  if (state === 'waiting' && before === 'live') say(words.connectionLost);
  if (isReturn) {
    say(words.connectionBack);
    void board.check();
  }
});
listen(live, 'news', (batch) => {
  const { words } = page.tongue;
  const show = (value: string) => page.tongue.digits(value);
  const day = (date: string | null | undefined) => (date ? page.tongue.days.long(date) : null);
  const sheet = { next: day(board.sheet?.next), date: day(board.sheet?.date) };
  const sentence = sentenceFor({ ...batch, sheet }, { words, show });
  if (sentence !== null) say(sentence);
});

listen(settings, 'change', ({ name }) => {
  if (name === 'favourites') page.showFavourites();
  else if (name !== 'theme') void turnLanguage();
});
addEventListener('storage', (event) => settings.follow(event));
navigation.addEventListener('turn', () => void turnPage());
followTheme(settings, () => page);
document.addEventListener('visibilitychange', look);
setInterval(look, LOOK_MS);

if (board.rows !== null) wantFormer();
await board.load();
early.restore();
await keepPage(base);

/** Listens to an event, and passes on its `detail`. */
function listen<Type extends keyof Details>(
  target: EventTarget,
  type: Type,
  listener: (detail: Details[Type]) => void,
): void {
  target.addEventListener(type, (event) => listener((event as CustomEvent<Details[Type]>).detail));
}

function putPage(opened: Page): void {
  document.documentElement.lang = opened.tongue.language;
  opened.putInto(document.body, news);
  opened.showTitle();
  opened.showConnection(live.state);
}

async function turnPage(): Promise<void> {
  const { route, query } = navigation;
  const { href } = location;
  await loadOrReload(() => loadView(route.name));
  // The reader may have gone on during the import.
  if (href !== location.href) return;
  takeChoices(screen, route, query);
  page.turn(route);
  context.keepTitle();
  context.keepAddress();
}

async function turnLanguage(): Promise<void> {
  navigation.forgetLanguage();
  await loadOrReload(() => loadWords(settings.language));
  page.destroy();
  page = new Page(context);
  putPage(page);
  // The new page has a new switch.
  document.querySelector<HTMLElement>('.languages [aria-pressed="true"]')?.focus();
}

/** Modules of this build are gone once the service runs another: the address then shows that one. */
async function loadOrReload(load: () => Promise<void>): Promise<void> {
  try {
    await load();
  } catch (failure) {
    console.info('The page is loaded anew:', (failure as Error).message);
    location.reload();
    await new Promise(() => undefined);
  }
}

function say(sentence: string): void {
  fill(news, sentence);
}

function look(): void {
  if (document.visibilityState === 'visible') void board.check();
}

function wantFormer(): void {
  if (screen.former === null) asking ??= loadFormer().finally(() => (asking = undefined));
}

/** Former currencies can be converted on their days. */
async function loadFormer(): Promise<void> {
  try {
    screen.former = await service.get<Currency[]>('v1/currencies', { scope: 'all' });
    page.showFormer();
  } catch (problem) {
    // The board reports the problem, and its next news retry.
    if (!(problem instanceof Problem)) throw problem;
  }
}
