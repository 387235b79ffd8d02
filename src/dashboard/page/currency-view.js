import { Chart } from './chart.js';
import { CurrencyHeading } from './currency-heading.js';
import { element, fill } from './element.js';
import { withCommand } from './figures.js';
import { historyOf } from './history.js';
import { Reading } from './reading.js';
import { currencyHash } from './route.js';
import { RANGES, isOldRouble } from './series.js';
import { Problem } from './service.js';
import { Statistics } from './statistics.js';

/** View of one currency. */
export class CurrencyView {
  #context;
  #route;
  #heading;
  #reading;
  #statistics;
  #chart;
  #ranges = element('nav', { class: 'ranges' });
  #notes = element('ul', { class: 'notices', hidden: true });
  #links = element('p', { class: 'links' });
  #asking = new AbortController();

  /** `context`: shared by all views. */
  constructor(context, route) {
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

  get title() {
    return this.#route.code;
  }

  /** Shows another range of the same currency. */
  turnTo(route) {
    this.#route = route;
    this.update();
  }

  update() {
    this.#showRanges();
    this.#heading.update();
    void this.#load();
  }

  updateFavourites() {
    this.#heading.update();
  }

  repaint() {
    this.#chart.repaint();
  }

  destroy() {
    this.#asking.abort();
    this.#reading.clear();
    this.#chart.destroy();
  }

  #showRanges() {
    const { words } = this.#context.tongue;
    const { code, range: chosen } = this.#route;
    this.#ranges.setAttribute('aria-label', words.range);
    // Links are kept, as one may have the focus.
    if (this.#ranges.children.length === 0) {
      const link = (range) =>
        element('a', { href: currencyHash(code, range), 'data-range': range }, words.ranges[range]);
      fill(this.#ranges, RANGES.map(link));
    }
    for (const link of this.#ranges.children) {
      if (link.dataset.range === chosen) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  async #load() {
    const { board, service } = this.#context;
    if (board.rows === null) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { code, range } = this.#route;
    const day = board.sheet.next ?? board.sheet.day ?? board.status.newest_effective_date;
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

  async #show({ from, fixings, missing }) {
    const isEmpty = fixings.length === 0;
    for (const part of [this.#chart, this.#reading, this.#links]) {
      (part.node ?? part).hidden = isEmpty;
    }
    this.#note(this.#notesOn(fixings, missing));
    this.#statistics.show(fixings);
    if (isEmpty) return;
    this.#link(from, fixings.at(-1).effective_date);
    await this.#chart.show(fixings);
  }

  #notesOn(fixings, missing) {
    const { words, days } = this.#context.tongue;
    const [first] = fixings;
    const notes = [];
    if (!first)
      notes.push(missing ? withCommand(words.nothingLoaded, missing.command) : [words.noFixings]);
    else if (missing) {
      notes.push(withCommand(words.loadedSince(days.long(first.effective_date)), missing.command));
    }
    if (first && isOldRouble(first)) notes.push([words.restated]);
    return notes;
  }

  #link(from, to) {
    const { service, tongue } = this.#context;
    const { code } = this.#route;
    const wish = { from, restate: true, source: 'all' };
    const href = service.address(`v1/rates/${code}/history.csv`, wish);
    const download = `${code}-${from}-${to}.csv`;
    fill(this.#links, element('a', { class: 'download', href, download }, tongue.words.download));
  }

  #fail({ code, message }) {
    const { words } = this.#context.tongue;
    if (code === 'rates.unknown_code') this.#heading.showUnknown();
    this.#note([
      code === 'rates.unknown_code'
        ? [words.unknownCurrency(this.#route.code)]
        : [code === 'page.unreachable' ? words.unreachable : words.failed(message)],
    ]);
  }

  #note(notes) {
    fill(
      this.#notes,
      notes.map((children) => element('li', {}, ...children)),
    );
    this.#notes.hidden = notes.length === 0;
  }
}
