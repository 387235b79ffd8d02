import type UPlot from '../chart/uPlot.esm.js';
import { element, fill } from '../elements/element.js';
import { secondsOf } from '../values/days.js';
import type { Rate } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

/** Steps of the keys, in fixings. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageDown: -20,
  PageUp: 20,
};
const HEIGHT = 320;
const ASPECT = 0.62;

interface Options {
  tongue: Tongue;
  label: string;
  /** Describes a fixing in words. */
  say: (fixing: Rate) => string;
  onSelect: (fixing: Rate) => void;
}

/**
 * Chart of a history. Pointer, touch and keys select a fixing, which is passed to `onSelect`. For screen readers it
 * is a slider over the days. Prices become floats here, only for pixels.
 */
export class Chart {
  readonly node: HTMLElement;
  readonly #tongue: Tongue;
  readonly #onSelect: (fixing: Rate) => void;
  readonly #say: (fixing: Rate) => string;
  #plot: UPlot | undefined;
  #fixings: readonly Rate[] = [];
  #selected = -1;
  #sizes: ResizeObserver | undefined;

  constructor({ tongue, label, say, onSelect }: Options) {
    this.#tongue = tongue;
    this.#onSelect = onSelect;
    this.#say = say;
    this.node = element('div', {
      ...{ class: 'chart', role: 'slider', tabindex: '0', 'aria-label': label },
      ...{ 'aria-valuemin': 0, 'aria-valuemax': 0, 'aria-valuenow': 0 },
      onkeydown: (event: KeyboardEvent) => this.#step(event),
    });
  }

  async show(fixings: readonly Rate[]): Promise<void> {
    const { default: Plot } = await import('../chart/uPlot.esm.js');
    // The user may have left the view during the import.
    if (!this.node.isConnected) return;
    if (!this.#sizes) {
      this.#sizes = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
      this.#sizes.observe(this.node);
    }
    this.#fixings = fixings;
    this.#draw(Plot);
    this.node.setAttribute('aria-valuemax', String(Math.max(0, fixings.length - 1)));
    this.select(fixings.length - 1);
  }

  /** Redraws in the colours of another theme. */
  repaint(): void {
    this.#plot?.redraw(false);
  }

  select(index: number): void {
    const fixing = this.#fixings[index];
    if (!fixing || index === this.#selected) return;
    this.#selected = index;
    this.node.setAttribute('aria-valuenow', String(index));
    this.node.setAttribute('aria-valuetext', this.#say(fixing));
    this.#onSelect(fixing);
  }

  destroy(): void {
    this.#sizes?.disconnect();
    this.#plot?.destroy();
  }

  #draw(Plot: typeof UPlot): void {
    this.#plot?.destroy();
    this.#selected = -1;
    fill(this.node);
    const days = this.#fixings.map(({ effective_date: date }) => secondsOf(date));
    const plot = new Plot(this.#options(Plot), [days, this.#prices()], this.node);
    this.#plot = plot;
    const { over } = plot;
    // Touch causes no mouse events.
    over.addEventListener('pointermove', ({ pointerType, clientX }) => {
      if (pointerType === 'mouse') return;
      plot.setCursor({ left: clientX - over.getBoundingClientRect().left, top: 0 });
    });
  }

  /** Prices for the nominal of the last fixing, which is shown beside the chart. */
  #prices(): number[] {
    const nominal = this.#fixings.at(-1)?.nominal ?? 1;
    return this.#fixings.map(({ rate }) => Number(rate) * nominal);
  }

  #options(Plot: typeof UPlot): UPlot.Options {
    const { days, language } = this.#tongue;
    const colour = (name: string) => () =>
      getComputedStyle(this.node).getPropertyValue(name).trim();
    const axis = {
      ...{ stroke: colour('--faint'), font: '12px system-ui, sans-serif' },
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    const marks = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
    return {
      ...this.#size(),
      tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, width: 2 } },
      scales: { x: { time: true } },
      axes: [
        {
          ...axis,
          space: 76,
          size: 32,
          grid: { show: false },
          values: (_, splits, __, ___, step) => splits.map((at) => days.mark(at, step)),
        },
        { ...axis, size: 64, values: (_, splits) => splits.map((at) => marks.format(at)) },
      ],
      series: [
        {},
        {
          ...{ stroke: colour('--accent'), width: 1.75, fill: colour('--accent-wash') },
          points: { show: false },
        },
      ],
      hooks: { setCursor: [({ cursor }) => this.select(cursor.idx ?? this.#selected)] },
    };
  }

  #step(event: KeyboardEvent): void {
    const last = this.#fixings.length - 1;
    const ends: Readonly<Record<string, number>> = { Home: 0, End: last };
    const to = ends[event.key] ?? this.#selected + (STEPS[event.key] ?? NaN);
    if (Number.isNaN(to) || !this.#plot) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    const left = this.#plot.valToPos(this.#plot.data[0][index] ?? 0, 'x');
    this.#plot.setCursor({ left, top: 0 });
    this.select(index);
  }

  #size(): { width: number; height: number } {
    const width = Math.max(200, this.node.clientWidth);
    return { width, height: Math.round(Math.min(HEIGHT, Math.max(200, width * ASPECT))) };
  }
}
