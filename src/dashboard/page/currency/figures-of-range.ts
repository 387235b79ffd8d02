import { type Aligned, aligned } from '../values/aligned.js';
import { Chart } from './chart.js';
import type { Context } from '../context.js';
import { DailyTable } from './daily-table.js';
import { type Children, element, fill } from '../elements/element.js';
import type { History } from './history.js';
import { type Compared, Legend } from './legend.js';
import { csvLink, notesOn, unitOf } from './notes.js';
import { Reading } from './reading.js';
import { type CurrencyRoute, ROUBLE } from '../address/route.js';
import { Statistics } from './statistics.js';
import type { Days, Rate } from '../values/shapes.js';
import { measureOf } from '../values/summary.js';

/** Chart, statistics and table of a range. */
export class Figures {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #reading: Reading;
  readonly #chart: Chart;
  readonly #legend: Legend;
  readonly #statistics: Statistics;
  readonly #table: DailyTable;
  readonly #notes = element('ul', { class: 'notices', hidden: true });
  readonly #unit = element('p', { class: 'unit' });
  readonly #links = element('p', { class: 'links' });
  /** What the chart shows. */
  #shown: Aligned<Rate> = { days: [], columns: [] };
  /** Of the shown figures: a period, or its days. */
  #range = '';

  /** `onRange`: other days were selected in the chart. */
  constructor(context: Context, { code, quote }: CurrencyRoute, onRange: (days: Days) => void) {
    this.#context = context;
    const { tongue } = context;
    this.#reading = new Reading(context, quote);
    this.#statistics = new Statistics(tongue);
    this.#legend = new Legend(context);
    this.#table = new DailyTable(context);
    this.#chart = new Chart({
      ...{ tongue, onRange },
      label: tongue.words.chart(quote === ROUBLE ? code : `${code}/${quote}`),
      say: (index) => this.#say(index),
      onSelect: (index) => this.#select(index),
    });
    const above = [this.#reading.node, this.#unit];
    // Notes come with the figures: what they would push down is not in sight yet.
    const chart = [this.#chart.node, this.#legend.node, this.#statistics.node, this.#notes];
    this.node = element(
      'div',
      { class: 'history' },
      element('div', {}, ...above, ...chart),
      element('div', {}, this.#table.node, this.#links),
    );
  }

  async show(
    [history, ...others]: readonly [History, ...History[]],
    route: CurrencyRoute,
  ): Promise<void> {
    const { tongue } = this.#context;
    const { fixings } = history;
    const isCross = route.quote !== ROUBLE;
    const measure = measureOf(fixings, isCross);
    const isEmpty = fixings.length === 0;
    const range = history.period ?? `${history.from} ${history.to}`;
    const isSameRange = range === this.#range;
    this.#range = range;
    this.#showParts(!isEmpty);
    this.#note(notesOn(history, others, measure, tongue));
    this.#statistics.show(fixings, measure);
    this.#table.show(fixings, { isCross, isSameRange });
    const all: Compared[] = [history, ...others.filter((each) => each.fixings.length > 0)].map(
      (each) => ({ ...each, measure: measureOf(each.fixings, isCross) }),
    );
    this.#shown = aligned(all.map((each) => each.fixings));
    this.#legend.show(all, this.#shown, route);
    if (isEmpty) return;
    const hint = element('span', { class: 'hint' }, tongue.words.dragHint);
    fill(this.#unit, unitOf(route, measure, tongue), hint);
    fill(this.#links, csvLink(this.#context, route, history));
    const { days, columns } = this.#shown;
    const lines = columns.map((column, at) => {
      const { nominal } = all[at]?.measure ?? measure;
      const scale = route.isIndexed ? 100 / Number(all[at]?.fixings[0]?.rate) : nominal;
      return column.map((fixing) => fixing && Number(fixing.rate) * scale);
    });
    await this.#chart.show({ days, lines }, isSameRange);
  }

  /** Says why there are no figures, or no newer ones. */
  fail(reason: Children): void {
    this.#showParts(this.#shown.days.length > 0);
    this.#note([reason]);
  }

  repaint(): void {
    this.#chart.repaint();
  }

  destroy(): void {
    this.#reading.clear();
    this.#chart.destroy();
  }

  #note(notes: readonly Children[]): void {
    fill(
      this.#notes,
      notes.map((children) => element('li', {}, ...children)),
    );
    this.#notes.hidden = notes.length === 0;
  }

  /** Without fixings there is nothing to draw, and the notes come first. */
  #showParts(isShown: boolean): void {
    const parts = [this.#chart.node, this.#unit, this.#reading.node, this.#links];
    for (const part of parts) part.hidden = !isShown;
  }

  #select(index: number): void {
    const fixing = this.#shown.columns[0]?.[index];
    if (fixing) this.#reading.show(fixing);
    this.#legend.select(index);
  }

  #say(index: number): string {
    const fixing = this.#shown.columns[0]?.[index];
    return `${fixing ? this.#reading.say(fixing) : ''}${this.#legend.say(index)}`;
  }
}
