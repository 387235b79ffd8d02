import { Board } from './board.js';
import { sentenceFor } from './changes.js';
import type { Screen } from './context.js';
import { element, fill } from './element.js';
import { Live, type NewsDetail, type StateDetail } from './live.js';
import { Page } from './page.js';
import { Problem, Service } from './service.js';
import { Settings, usableStorage } from './settings.js';
import type { Change, Currency } from './shapes.js';

/** Details of the events of board, live and settings. */
interface Details {
  rates: { changes: Change[] };
  state: StateDetail;
  news: NewsDetail;
  change: { name?: string };
}

/** Interval of the check without events, in milliseconds. */
const LOOK_MS = 60_000;

const settings = new Settings(usableStorage());
const service = new Service(document.baseURI);
const board = new Board(service);
const screen: Screen = {
  route: { name: 'list' },
  search: '',
  isOnlyFavourites: false,
  sort: { key: 'code', isDescending: false },
  converter: { amount: '100', from: 'USD', to: 'RUB', date: '' },
  former: null,
};
const news = element('p', { class: 'news', role: 'status' });
const context = { board, service, settings, screen };

const live = new Live(board, service.base);
let page = openPage();

listen(board, 'rates', ({ changes }) => {
  page.showRates(changes);
  if (screen.former === null) void loadFormer();
});
board.addEventListener('lines', () => page.showLines());
for (const type of ['status', 'problem']) board.addEventListener(type, () => page.showStatus());

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
  else if (name === 'theme') showTheme();
  else {
    page.destroy();
    page = openPage();
    // The new page has a new switch.
    document.querySelector<HTMLElement>('.languages [aria-pressed="true"]')?.focus();
  }
});
addEventListener('storage', (event) => settings.follow(event));
addEventListener('hashchange', () => page.turn());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => page.showTheme());
document.addEventListener('visibilitychange', look);
setInterval(look, LOOK_MS);

await board.load();

/** Listens to an event, and passes on its `detail`. */
function listen<Type extends keyof Details>(
  target: EventTarget,
  type: Type,
  listener: (detail: Details[Type]) => void,
): void {
  target.addEventListener(type, (event) => listener((event as CustomEvent<Details[Type]>).detail));
}

function openPage(): Page {
  const opened = new Page(context);
  opened.putInto(document.body, news);
  opened.showConnection(live.state);
  return opened;
}

function say(sentence: string): void {
  fill(news, sentence);
}

/** theme.js does the same before the first paint. */
function showTheme(): void {
  const { theme } = settings;
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  page.showTheme();
}

function look(): void {
  if (document.visibilityState === 'visible') void board.check();
}

/** Former currencies can be converted on their days. */
async function loadFormer(): Promise<void> {
  try {
    screen.former = await service.get<Currency[]>('v1/currencies', { scope: 'all' });
    page.showFormer(screen.former);
  } catch (problem) {
    // The board reports the problem, and the next rates retry.
    if (!(problem instanceof Problem)) throw problem;
  }
}
