import type { Context } from './context.js';
import { element, fill } from './element.js';
import { manualBadge } from './figures.js';
import { isOldRouble } from './series.js';
import { documentOf } from './history.js';
import { Problem, type Service } from './service.js';
import type { Rate } from './shapes.js';
import type { Tongue } from './tongue.js';

/** Debounces requests for documents while the pointer moves, in milliseconds. */
const PAUSE_MS = 250;

/** The fixing selected on the chart: its digits as published, and a link to the bank's document. */
export class Reading {
  readonly node: HTMLElement;
  readonly #service: Service;
  readonly #tongue: Tongue;
  readonly #figure = element('p', { class: 'figure-line' });
  readonly #document = element('p', { class: 'document' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  constructor({ service, tongue }: Context) {
    this.#service = service;
    this.#tongue = tongue;
    this.node = element('div', { class: 'reading' }, this.#figure, this.#document);
  }

  show(fixing: Rate): void {
    const { words, days } = this.#tongue;
    fill(
      this.#figure,
      element('span', { class: 'day' }, `${words.fixingOn(days.long(fixing.effective_date))}: `),
      element('b', { class: 'digits' }, this.#tongue.digits(fixing.value)),
      ` ${this.#about(fixing)}`,
      manualBadge(this.#tongue, fixing),
    );
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#timer = setTimeout(() => void this.#link(fixing, signal), PAUSE_MS);
  }

  /** The same as one line, for screen readers. */
  say(fixing: Rate): string {
    const { days } = this.#tongue;
    return `${days.long(fixing.effective_date)}: ${this.#tongue.digits(fixing.value)} ${this.#about(fixing)}`;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    fill(this.#figure);
    fill(this.#document);
  }

  #about(fixing: Rate): string {
    const { words } = this.#tongue;
    const units = words.units(this.#tongue.digits(fixing.nominal));
    if (isOldRouble(fixing))
      return `${units}, ${words.oldRouble(this.#tongue.digits(fixing.rate))}`;
    return fixing.nominal === 1 ? words.roubles : `${words.roubles} ${units}`;
  }

  async #link(fixing: Rate, signal: AbortSignal): Promise<void> {
    const { words, days } = this.#tongue;
    try {
      const found = await documentOf(this.#service, fixing, signal);
      const date = days.long(fixing.effective_date);
      if (found === null) fill(this.#document, words.noDocument(date));
      else {
        const text = found.isSeries ? words.seriesDocument : words.document(date);
        fill(this.#document, element('a', { href: found.address }, text));
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      fill(this.#document, words.unreachable);
    }
  }
}
