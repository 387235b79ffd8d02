import { escaped } from './escaped.js';

/** As much of the DOM as the views use, to paint them in the service. Listeners are dropped, layout does not exist. */
const VOID = new Set(['input', 'link', 'meta', 'br', 'hr']);

type Content = PlainElement | string;

class PlainElement {
  readonly #name: string;
  readonly #attributes = new Map<string, string>();
  #content: Content[] = [];
  readonly dataset: Record<string, string> = {};
  readonly classList = {
    add: (name: string) => this.#toggle(name, true),
    remove: (name: string) => this.#toggle(name, false),
    toggle: (name: string, isOn: boolean) => this.#toggle(name, isOn),
  };
  value = '';

  constructor(name: string) {
    this.#name = name;
  }

  set hidden(isHidden: boolean) {
    if (isHidden) this.#attributes.set('hidden', '');
    else this.#attributes.delete('hidden');
  }

  set disabled(isDisabled: boolean) {
    if (isDisabled) this.#attributes.set('disabled', '');
    else this.#attributes.delete('disabled');
  }

  set max(value: string) {
    this.#attributes.set('max', value);
  }

  set title(value: string) {
    this.#attributes.set('title', value);
  }

  get id(): string {
    return this.#attributes.get('id') ?? '';
  }

  get children(): PlainElement[] {
    return this.#content.filter((each) => typeof each !== 'string');
  }

  get textContent(): string {
    return this.#content
      .map((each) => (typeof each === 'string' ? each : each.textContent))
      .join('');
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  append(...content: Content[]): void {
    this.#content.push(...content);
  }

  replaceChildren(...content: Content[]): void {
    this.#content = content;
  }

  addEventListener(): void {
    // Nothing happens in the service.
  }

  /** Markup of the element; an option is selected if it has the `chosen` value of its list. */
  markup(chosen?: string): string {
    const attributes = [...this.#attributes];
    for (const [name, value] of Object.entries(this.dataset)) {
      attributes.push([`data-${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`, value]);
    }
    const isChosen = chosen !== undefined && this.#attributes.get('value') === chosen;
    if (this.#name === 'option' && isChosen) attributes.push(['selected', '']);
    const written = attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
    if (VOID.has(this.#name)) return `<${this.#name}${written}>`;
    const ofList = this.#name === 'select' ? this.value : chosen;
    return `<${this.#name}${written}>${this.inner(ofList)}</${this.#name}>`;
  }

  inner(chosen?: string): string {
    return this.#content
      .map((each) => (typeof each === 'string' ? escaped(each) : each.markup(chosen)))
      .join('');
  }

  #toggle(name: string, isOn: boolean): void {
    const names = new Set((this.#attributes.get('class') ?? '').split(' ').filter(Boolean));
    if (isOn) names.add(name);
    else names.delete(name);
    this.#attributes.set('class', [...names].join(' '));
  }
}

/** Makes elements for `element.ts`. */
export const PLAIN_DOCUMENT = {
  createElement: (name: string) => new PlainElement(name),
  createElementNS: (_: string, name: string) => new PlainElement(name),
} as unknown as Document;

/** Markup of what an element made here contains. */
export function markupIn(node: Element): string {
  return (node as unknown as PlainElement).inner();
}
