import { KursClient, type KursOptions } from './kurs.js';
import { draw, type Drawn, type Language, statusText } from './rates-drawing.js';
import { type Reading, readRates } from './rates-reading.js';

/** Today's rates change without an event at midnight in Moscow; a failed request is repeated. In milliseconds. */
const READ_AGAIN_MS = 60_000;
/** Several rates change at once. */
const GATHER_MS = 100;
/** More would be a table, which the page of the service shows better. */
const MOST_CODES = 20;
const CODE = /^[A-Z][A-Z0-9]{1,11}$/;
const STYLE = new URL('./kurs-rates.css', import.meta.url).href;
/** The service that this module comes from: `<service>/page/client/kurs-rates.js`. */
const OWN_SERVICE = new URL('../../', import.meta.url).href;

/**
 * `<kurs-rates codes="USD,EUR" lang="ru" theme="auto" base="https://rates.example">`: rates in force today, kept up
 * to date. Without `base` they come from the service that serves this module. Says when there is no connection.
 */
export class KursRatesElement extends HTMLElement {
  static readonly observedAttributes = ['codes', 'lang', 'base'];

  #client: KursClient | undefined;
  #abort: AbortController | undefined;
  /** Reads again after a time. */
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Reads what has changed; no answer ends it, because that may be older than the change. */
  #soon: ReturnType<typeof setTimeout> | undefined;
  #reading: Reading | undefined;
  /** Number of the newest request for rates. */
  #asked = 0;
  #hasFailed = false;
  #isWaiting = false;

  connectedCallback(): void {
    this.#begin();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(): void {
    // Called for every attribute before `connectedCallback`, too.
    if (!this.#abort) return;
    this.#end();
    this.#begin();
  }

  get #codes(): string[] {
    const words = (this.getAttribute('codes') ?? 'USD,EUR').split(',');
    const codes = words.map((word) => word.trim().toUpperCase()).filter((word) => word !== '');
    return [...new Set(codes)].slice(0, MOST_CODES);
  }

  get #lang(): Language {
    const lang = this.getAttribute('lang') ?? this.ownerDocument.documentElement.lang;
    return lang === '' || /^ru\b/i.test(lang) ? 'ru' : 'en';
  }

  #begin(): void {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const base = baseOf(this.getAttribute('base') ?? OWN_SERVICE);
    void this.#read(base, signal);
    this.#follow(base, signal, {});
    // Some browsers do not include sockets in 'self' (https://github.com/w3c/webappsec-csp/issues/7).
    const withoutSocket = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === 'connect-src') this.#follow(base, signal, { WebSocket: null });
    };
    document.addEventListener('securitypolicyviolation', withoutSocket, { once: true, signal });
  }

  #end(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#soon);
    this.#abort?.abort();
    this.#abort = undefined;
    this.#client?.close();
    this.#client = undefined;
    this.#isWaiting = false;
  }

  #follow(base: URL, signal: AbortSignal, options: KursOptions): void {
    this.#client?.close();
    const codes = this.#codes.filter((code) => CODE.test(code));
    if (codes.length === 0) return;
    const client = new KursClient(base, { ...options, codes });
    this.#client = client;
    const readSoon = () => {
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => void this.#read(base, signal), GATHER_MS);
    };
    client.addEventListener('rate', readSoon, { signal });
    client.addEventListener('snapshot', readSoon, { signal });
    client.addEventListener(
      'state',
      ({ detail: { state } }) => {
        // Between two attempts it says `connecting`.
        if (state !== 'live' && state !== 'waiting') return;
        this.#isWaiting = state === 'waiting';
        this.#showStatus();
        if (state === 'live' && this.#hasFailed) readSoon();
      },
      { signal },
    );
  }

  async #read(base: URL, signal: AbortSignal): Promise<void> {
    const number = ++this.#asked;
    const reading = await readRates(base, signal).catch(() => undefined);
    // An answer may arrive after that to a later request.
    if (signal.aborted || number !== this.#asked) return;
    this.#hasFailed = reading === undefined;
    this.#reading = reading ?? this.#reading;
    // The rates that are shown stay, and it is said that nothing newer is known.
    if (reading) this.#draw();
    else this.#showStatus();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#read(base, signal), READ_AGAIN_MS);
  }

  get #isOffline(): boolean {
    return this.#isWaiting || this.#hasFailed;
  }

  #showStatus(): void {
    // What is shown stays: in a frame the rates came with the document.
    const status = this.shadowRoot?.querySelector('[role=status]');
    if (status) status.textContent = statusText(this.#lang, this.#isOffline);
    else this.#draw();
  }

  #draw(): void {
    const drawing = { codes: this.#codes, lang: this.#lang, isOffline: this.#isOffline };
    const content = draw({ ...drawing, reading: this.#reading });
    const root = this.shadowRoot ?? this.#openRoot();
    for (const old of [...root.children].slice(1)) old.remove();
    root.append(...content.map(elementOf));
  }

  #openRoot(): ShadowRoot {
    const root = this.attachShadow({ mode: 'open' });
    const style = document.createElement('link');
    Object.assign(style, { rel: 'stylesheet', href: STYLE });
    root.append(style);
    return root;
  }
}

function elementOf({ name, attributes, content }: Drawn): HTMLElement {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...content.map((part) => (typeof part === 'string' ? part : elementOf(part))));
  return element;
}

/** @throws TypeError for what is no address */
function baseOf(address: string): URL {
  const base = new URL(address, document.baseURI);
  if (!/^https?:$/.test(base.protocol))
    throw new TypeError(`${address} is no address of http or https`);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}

if (!customElements.get('kurs-rates')) customElements.define('kurs-rates', KursRatesElement);
