import { Chart } from './chart.js';
import type { Context, View } from './context.js';
import { CurrencyHeading } from './currency-heading.js';
import { type Children, element, fill } from './element.js';
import { withCommand } from './figures.js';
import { type History, historyOf } from './history.js';
import { Reading } from './reading.js';
import { currencyHash, type Route } from './route.js';
import { isOldRouble, type Range, RANGES } from './series.js';
import { Problem } from './service.js';
import type { Rate } from './shapes.js';
import { Statistics } from './statistics.js';

type CurrencyRoute = Extract<Route, { name: 'currency' }>;

/** View of one currency. */
export class CurrencyView implements View {
  readonly node: HTMLElement;
  readonly #context: Context;
  #route: CurrencyRoute;
  readonly #heading: CurrencyHeading;
  readonly #reading: Reading;
  readonly #statistics: Statistics;
  readonly #chart: Chart;
  readonly #ranges = element('nav', { class: 'ranges' });
  readonly #notes = element('ul', { class: 'notices', hidden: true });
  readonly #links = element('p', { class: 'links' });
  #asking = new AbortController();

  /** `context`: shared by all views. */
  constructor(context: Context, route: CurrencyRoute) {
    this.#context = context;
    this.#route = route;
    const { tongue } = context;
    this.#heading = new CurrencyHeading(context, route.code);
    this.#reading = new Reading(context);
    this.#statistics = new Statistics(tongue);
    this.#chart = new Chart({
      tongue,
      label: tongue.words.chart(route.code),
      say: (fixing) => this.#reading.say(fixing),
      onSelect: (fixing) => this.#reading.show(fixing),
    });
    this.node = element(
      'article',
      { class: 'currency' },
      element('p', { class: 'back' }, element('a', { href: '#/' }, `← ${tongue.words.back}`)),
      this.#heading.node,
      this.#ranges,
      this.#notes,
      this.#reading.node,
      this.#chart.node,
      this.#statistics.node,
      this.#links,
    );
  }

  get title(): string {
    return this.#route.code;
  }

  /** Shows another range of the same currency. */
  turnTo(route: Route): boolean {
    if (route.name !== 'currency' || route.code !== this.#route.code) return false;
    this.#route = route;
    this.update();
    return true;
  }

  update(): void {
    this.#showRanges();
    this.#heading.update();
    void this.#load();
  }

  updateFavourites(): void {
    this.#heading.update();
  }

  repaint(): void {
    this.#chart.repaint();
  }

  destroy(): void {
    this.#asking.abort();
    this.#reading.clear();
    this.#chart.destroy();
  }

  #showRanges(): void {
    const { words } = this.#context.tongue;
    const { code, range: chosen } = this.#route;
    this.#ranges.setAttribute('aria-label', words.range);
    // Links are kept, as one may have the focus.
    if (this.#ranges.children.length === 0) {
      const link = (range: Range) =>
        element('a', { href: currencyHash(code, range), 'data-range': range }, words.ranges[range]);
      fill(this.#ranges, RANGES.map(link));
    }
    for (const link of this.#ranges.children) {
      if (link.getAttribute('data-range') === chosen) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  async #load(): Promise<void> {
    const { board, service } = this.#context;
    if (board.rows === null) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { code, range } = this.#route;
    const { sheet, status } = board;
    const day = sheet?.next ?? sheet?.day ?? status?.newest_effective_date ?? null;
    this.node.setAttribute('aria-busy', 'true');
    try {
      if (day !== null) await this.#show(await historyOf(service, { code, range, day }, signal));
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      this.#fail(problem);
    }
    this.node.removeAttribute('aria-busy');
  }

  async #show({ from, fixings, missing }: History): Promise<void> {
    const last = fixings.at(-1);
    for (const part of [this.#chart.node, this.#reading.node, this.#links]) part.hidden = !last;
    this.#note(this.#notesOn(fixings, missing));
    this.#statistics.show(fixings);
    if (!last) return;
    this.#link(from, last.effective_date);
    await this.#chart.show(fixings);
  }

  #notesOn(fixings: readonly Rate[], missing: Problem | null): Children[] {
    const { words, days } = this.#context.tongue;
    const [first] = fixings;
    const notes: Children[] = [];
    if (!first)
      notes.push(missing ? withCommand(words.nothingLoaded, missing.command) : [words.noFixings]);
    else if (missing) {
      notes.push(withCommand(words.loadedSince(days.long(first.effective_date)), missing.command));
    }
    if (first && isOldRouble(first)) notes.push([words.restated]);
    return notes;
  }

  #link(from: string, to: string): void {
    const { service, tongue } = this.#context;
    const { code } = this.#route;
    const wish = { from, restate: true, source: 'all' };
    const href = service.address(`v1/rates/${code}/history.csv`, wish);
    const download = `${code}-${from}-${to}.csv`;
    fill(this.#links, element('a', { class: 'download', href, download }, tongue.words.download));
  }

  #fail({ code, message }: Problem): void {
    const { words } = this.#context.tongue;
    if (code === 'rates.unknown_code') this.#heading.showUnknown();
    this.#note([
      code === 'rates.unknown_code'
        ? [words.unknownCurrency(this.#route.code)]
        : [code === 'page.unreachable' ? words.unreachable : words.failed(message)],
    ]);
  }

  #note(notes: readonly Children[]): void {
    fill(
      this.#notes,
      notes.map((children) => element('li', {}, ...children)),
    );
    this.#notes.hidden = notes.length === 0;
  }
}
