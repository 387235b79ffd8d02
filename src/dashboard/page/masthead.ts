import type { Context } from './context.js';
import { button, element, fill } from './elements/element.js';
import type { Connection } from './service/live.js';
import type { Settings, Theme } from './service/settings.js';
import type { Language } from './values/shapes.js';
import type { Tongue } from './language/tongue.js';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const SIGNS = { auto: '◐', light: '☀', dark: '☾' };

/** Top of the page: its name, the connection, and the switches of language and theme. */
export class Masthead {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;
  readonly #settings: Settings;
  readonly #connection = element('span', { class: 'word' });
  readonly #live: HTMLElement;
  readonly #theme: HTMLElement;

  constructor({ tongue, settings, service }: Context) {
    this.#tongue = tongue;
    this.#settings = settings;
    const { words } = tongue;
    this.#live = element(
      'p',
      { class: 'live' },
      element('span', { class: 'dot' }),
      this.#connection,
    );
    this.#theme = button({ class: 'theme', onclick: () => this.#turnTheme() });
    const language = (name: Language, text: string, lang: string) =>
      button(
        {
          ...{ lang, 'aria-pressed': String(tongue.language === name) },
          onclick: () => (settings.language = name),
        },
        text,
      );
    this.node = element(
      'header',
      { class: 'masthead' },
      element(
        'a',
        { class: 'brand', href: service.address('') },
        element('b', {}, words.brand),
        ' ',
        element('span', { class: 'tagline' }, words.tagline),
      ),
      this.#live,
      element(
        'div',
        { class: 'switches' },
        element(
          'div',
          { class: 'languages', role: 'group', 'aria-label': words.language },
          language('ru', 'Рус', 'ru'),
          language('en', 'Eng', 'en'),
        ),
        this.#theme,
      ),
    );
    this.showTheme();
  }

  /** Live are rates, not a connection: without rates nothing is. */
  showConnection(state: Connection, hasRates: boolean): void {
    const isBare = state === 'live' && !hasRates;
    this.#live.dataset.state = isBare ? 'connecting' : state;
    const { connection } = this.#tongue.words;
    fill(this.#connection, isBare ? connection.noRates : connection[state]);
  }

  showTheme(): void {
    const { words } = this.#tongue;
    const { theme } = this.#settings;
    const label = `${words.theme}: ${words.themes[theme]}`;
    this.#theme.setAttribute('aria-label', label);
    this.#theme.title = label;
    fill(this.#theme, element('span', { 'aria-hidden': 'true' }, SIGNS[theme]));
  }

  #turnTheme(): void {
    const { theme } = this.#settings;
    this.#settings.theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  }
}
