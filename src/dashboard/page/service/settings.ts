import type { Language } from '../values/shapes.js';

export type Theme = 'auto' | 'light' | 'dark';

const PREFIX = 'kurs.';

/** User settings, stored in the browser, or until the page is closed if storage is forbidden. */
export class Settings extends EventTarget {
  readonly #storage: Storage | null;
  #asked: Language | undefined;
  readonly #chosen = new Map<string, string>();

  /** `storage`: one of the browser's storages, or null. */
  /** `language`: of the address, for this page alone. */
  constructor(storage: Storage | null, language: string | null = null) {
    super();
    if (language === 'ru' || language === 'en') this.#asked = language;
    this.#storage = storage;
  }

  get language(): Language {
    if (this.#asked) return this.#asked;
    const chosen = this.#read('language');
    return chosen === 'ru' || chosen === 'en' ? chosen : languageOf(navigator.languages);
  }

  set language(language: Language) {
    this.#asked = undefined;
    this.#write('language', language);
  }

  /** `auto` follows the system. */
  get theme(): Theme {
    const chosen = this.#read('theme');
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  }

  set theme(theme: Theme) {
    this.#write('theme', theme);
  }

  get favourites(): string[] {
    const codes = (this.#read('favourites') ?? '').split(',');
    return codes.filter((code) => /^\w{2,12}$/.test(code));
  }

  toggleFavourite(code: string): void {
    const codes = this.favourites;
    const others = codes.filter((each) => each !== code);
    const chosen = others.length < codes.length ? others : [...codes, code];
    this.#write('favourites', chosen.join(','));
  }

  /** Handles a change made in another tab. */
  follow(event: StorageEvent): void {
    if (event.key === null || event.key.startsWith(PREFIX))
      this.#tell(event.key?.slice(PREFIX.length));
  }

  #read(name: string): string | null {
    return this.#chosen.get(name) ?? this.#storage?.getItem(PREFIX + name) ?? null;
  }

  #write(name: string, value: string): void {
    if (this.#storage) keep(this.#storage, PREFIX + name, value);
    else this.#chosen.set(name, value);
    this.#tell(name);
  }

  #tell(name: string | undefined): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { name } }));
  }
}

/** The browser's storage; null if it is forbidden. */
export function usableStorage(): Storage | null {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${PREFIX}probe`, '');
    storage.removeItem(`${PREFIX}probe`);
    return storage;
  } catch (refusal) {
    console.info('Settings are kept until the page is closed:', (refusal as Error).message);
    return null;
  }
}

function keep(storage: Storage, name: string, value: string): void {
  if (value === '') storage.removeItem(name);
  else storage.setItem(name, value);
}

function languageOf(languages: readonly string[]): Language {
  const known = languages.map((each) => each.slice(0, 2).toLowerCase());
  return known.find((each) => each === 'ru' || each === 'en') ?? 'en';
}
