import { Chart } from './chart.js';
import type { Context, View } from '../context.js';
import { CurrencyHeading } from './currency-heading.js';
import { type Children, element, fill } from '../elements/element.js';
import { tryAgain, withCommand } from '../elements/figures.js';
import { type History, historyOf } from './history.js';
import type { Preview } from '../paint-contract.js';
import { PairHeading } from './pair-heading.js';
import { Periods } from './periods.js';
import { Reading } from './reading.js';
import { type CurrencyRoute, ROUBLE, type Route } from '../address/route.js';
import { isOldRouble } from '../values/series.js';
import { Problem } from '../service/service.js';
import type { Rate } from '../values/shapes.js';
import { Statistics } from './statistics.js';
import { backLink, unknownCurrency } from '../unknown-view.js';

/** View of one currency. */
export class CurrencyView implements View {
  readonly node: HTMLElement;
  readonly #context: Context;
  #route: CurrencyRoute;
  readonly #heading: CurrencyHeading | PairHeading;
  /** The code that has no rate, if one has none. */
  #unknown: string | null = null;
  readonly #reading: Reading;
  readonly #statistics: Statistics;
  readonly #chart: Chart;
  readonly #periods: Periods;
  readonly #notes = element('ul', { class: 'notices', hidden: true });
  readonly #links = element('p', { class: 'links' });
  #asking = new AbortController();

  /** `context`: shared by all views. */
  constructor(context: Context, route: CurrencyRoute) {
    this.#context = context;
    this.#route = route;
    const { tongue } = context;
    const { words } = tongue;
    const isPair = route.quote !== ROUBLE;
    this.#heading = isPair
      ? new PairHeading(context, route)
      : new CurrencyHeading(context, route.code);
    this.#reading = new Reading(context, isPair ? route.quote : words.roubles);
    this.#periods = new Periods(context);
    this.#statistics = new Statistics(tongue);
    this.#chart = new Chart({
      tongue,
      label: words.chart(isPair ? `${route.code}/${route.quote}` : route.code),
      say: (fixing) => this.#reading.say(fixing),
      onSelect: (fixing) => this.#reading.show(fixing),
    });
    this.node = element(
      'article',
      { class: 'currency' },
      backLink(context),
      this.#heading.node,
      this.#periods.node,
      this.#notes,
      this.#reading.node,
      this.#chart.node,
      this.#statistics.node,
      this.#links,
    );
  }

  get title(): string {
    return this.#unknown === null
      ? this.#heading.title
      : this.#context.tongue.words.unknownCurrency(this.#unknown);
  }

  get description(): string | null {
    return this.#unknown === null ? this.#heading.description : null;
  }

  get preview(): Preview | null {
    return this.#heading.preview;
  }

  get isUnknown(): boolean {
    return this.#unknown !== null;
  }

  /** Shows another range of the same currency. */
  turnTo(route: Route): boolean {
    if (route.name !== 'currency' || route.code !== this.#route.code) return false;
    if (route.quote !== this.#route.quote) return false;
    this.#route = route;
    this.update();
    return true;
  }

  update(): void {
    this.#periods.update(this.#route);
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

  async #load(): Promise<void> {
    const { board, service } = this.#context;
    if (board.rows === null) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { sheet, status } = board;
    const day = sheet?.next ?? sheet?.day ?? status?.newest_effective_date ?? null;
    this.node.setAttribute('aria-busy', 'true');
    try {
      if (day !== null) await this.#show(await historyOf(service, this.#route, day, signal));
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
      notes.push(
        missing
          ? withCommand(words.nothingLoaded, missing.command, this.#context.tongue)
          : [words.noFixings],
      );
    else if (missing) {
      const since = words.loadedSince(days.long(first.effective_date));
      notes.push(withCommand(since, missing.command, this.#context.tongue));
    }
    if (first && isOldRouble(first)) notes.push([words.restated]);
    return notes;
  }

  #link(from: string, to: string): void {
    const { service, tongue } = this.#context;
    const { code, quote } = this.#route;
    const wish = { from, to, source: 'all', ...(quote === ROUBLE ? { restate: true } : { quote }) };
    const href = service.address(`v1/rates/${code}/history.csv`, wish);
    const name = quote === ROUBLE ? code : `${code}-${quote}`;
    const download = `${name}-${from}-${to}.csv`;
    fill(this.#links, element('a', { class: 'download', href, download }, tongue.words.download));
  }

  #fail({ code, message }: Problem): void {
    const { words } = this.#context.tongue;
    if (code === 'rates.unknown_code') {
      void this.#showUnknown();
      return;
    }
    const said = code === 'page.unreachable' ? words.unreachable : words.failed(message);
    this.#note([[`${said} `, tryAgain(this.#context.tongue, () => this.update())]]);
  }

  /** Replaces the view by what the reader may have meant. */
  async #showUnknown(): Promise<void> {
    const { code, quote } = this.#route;
    const { board } = this.#context;
    const isKnown = board.rows?.some((row) => row.code === code) ?? false;
    this.#unknown = isKnown ? quote : code;
    fill(this.node, backLink(this.#context), await unknownCurrency(this.#context, this.#unknown));
    this.#context.keepTitle();
  }

  #note(notes: readonly Children[]): void {
    fill(
      this.#notes,
      notes.map((children) => element('li', {}, ...children)),
    );
    this.#notes.hidden = notes.length === 0;
  }
}
