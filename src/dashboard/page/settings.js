const PREFIX = 'kurs.';

/** User settings, stored in the browser, or until the page is closed if storage is forbidden. */
export class Settings extends EventTarget {
  #storage;
  #chosen = new Map();

  /** `storage`: one of the browser's storages, or null. */
  constructor(storage) {
    super();
    this.#storage = storage;
  }

  get language() {
    const chosen = this.#read('language');
    return chosen === 'ru' || chosen === 'en' ? chosen : languageOf(navigator.languages);
  }

  set language(language) {
    this.#write('language', language);
  }

  /** `auto` follows the system. */
  get theme() {
    const chosen = this.#read('theme');
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  }

  set theme(theme) {
    this.#write('theme', theme);
  }

  get favourites() {
    const codes = (this.#read('favourites') ?? '').split(',');
    return codes.filter((code) => /^\w{2,12}$/.test(code));
  }

  toggleFavourite(code) {
    const codes = this.favourites;
    const others = codes.filter((each) => each !== code);
    const chosen = others.length < codes.length ? others : [...codes, code];
    this.#write('favourites', chosen.join(','));
  }

  /** Handles a change made in another tab. */
  follow(event) {
    if (event.key === null || event.key.startsWith(PREFIX))
      this.#tell(event.key?.slice(PREFIX.length));
  }

  #read(name) {
    return this.#chosen.get(name) ?? this.#storage?.getItem(PREFIX + name) ?? null;
  }

  #write(name, value) {
    if (this.#storage) keep(this.#storage, PREFIX + name, value);
    else this.#chosen.set(name, value);
    this.#tell(name);
  }

  #tell(name) {
    this.dispatchEvent(new CustomEvent('change', { detail: { name } }));
  }
}

/** The browser's storage; null if it is forbidden. */
export function usableStorage() {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${PREFIX}probe`, '');
    storage.removeItem(`${PREFIX}probe`);
    return storage;
  } catch (refusal) {
    console.info('Settings are kept until the page is closed:', refusal.message);
    return null;
  }
}

function keep(storage, name, value) {
  if (value === '') storage.removeItem(name);
  else storage.setItem(name, value);
}

function languageOf(languages) {
  const known = languages.map((each) => each.slice(0, 2).toLowerCase());
  return known.find((each) => each === 'ru' || each === 'en') ?? 'en';
}
