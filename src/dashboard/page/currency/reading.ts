import type { Context } from '../context.js';
import { element, fill } from '../elements/element.js';
import { manualBadge } from '../elements/figures.js';
import { addressOf, ROUBLE } from '../address/route.js';
import { isOldRouble } from '../values/series.js';
import { documentOf } from './history.js';
import { Latest } from '../service/latest.js';
import { Problem, type Service } from '../service/service.js';
import type { Rate } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

/** Debounces requests for documents while the pointer moves, in milliseconds. */
const PAUSE_MS = 250;

/** The fixing selected on the chart: its digits as published, and a link to the bank's document. */
export class Reading {
  readonly node: HTMLElement;
  readonly #service: Service;
  readonly #tongue: Tongue;
  readonly #quote: string;
  readonly #figure = element('p', { class: 'figure-line' });
  readonly #document = element('p', { class: 'document' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #latest = new Latest();

  /** `quote`: code of what the figures are in. */
  constructor({ service, tongue }: Context, quote: string) {
    this.#quote = quote;
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
    const signal = this.#latest.begin();
    this.#timer = setTimeout(() => void this.#link(fixing, signal), PAUSE_MS);
  }

  /** The same as one line, for screen readers. */
  say(fixing: Rate): string {
    const { days } = this.#tongue;
    return `${days.long(fixing.effective_date)}: ${this.#tongue.digits(fixing.value)} ${this.#about(fixing)}`;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#latest.end();
    fill(this.#figure);
    fill(this.#document);
  }

  #about(fixing: Rate): string {
    const { words } = this.#tongue;
    const units = words.units(this.#tongue.digits(fixing.nominal));
    const isCross = this.#quote !== ROUBLE;
    if (isOldRouble(fixing) && !isCross)
      return `${units}, ${words.oldRouble(this.#tongue.digits(fixing.rate))}`;
    const unit = isCross ? this.#quote : words.roubles;
    return fixing.nominal === 1 ? unit : `${unit} ${units}`;
  }

  async #link(fixing: Rate, signal: AbortSignal): Promise<void> {
    const { words, days } = this.#tongue;
    try {
      const found = await documentOf(this.#service, fixing, signal);
      const date = days.long(fixing.effective_date);
      if (found === null) fill(this.#document, words.noDocument(date));
      else {
        // The bytes are in the bank's encoding: a file to keep, not a page to read.
        const file = { href: found.address, download: `cbr-${fixing.effective_date}.xml` };
        const sheet = addressOf({ name: 'day', day: fixing.effective_date });
        fill(
          this.#document,
          element('a', { href: this.#service.address(sheet) }, words.document(date)),
          ' · ',
          element('a', file, found.isSeries ? words.seriesDocument : words.documentFile),
        );
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      fill(this.#document, words.unreachable);
    }
  }
}
