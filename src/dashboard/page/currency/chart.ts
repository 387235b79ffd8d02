import type UPlot from '../chart/uPlot.esm.js';
import { chartOptions } from './chart-options.js';
import { element, fill } from '../elements/element.js';
import { nextTask } from '../service/next-task.js';
import { secondsOf } from '../values/days.js';
import type { Days } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';
import { TokenColours } from './token-colours.js';

/** Steps of the keys, in days of the chart. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageDown: -20,
  PageUp: 20,
};
const HEIGHT = 340;
const ASPECT = 0.62;

/** Lines over the same days; null before a line begins. Floats are used only for pixels. */
interface Drawing {
  days: readonly string[];
  lines: readonly (readonly (number | null)[])[];
}

interface Options {
  tongue: Tongue;
  label: string;
  /** Describes a day in words. */
  say: (index: number) => string;
  onSelect: (index: number) => void;
  /** Days that were dragged over, or selected with Shift and confirmed with Enter. */
  onRange: (days: Days) => void;
}

/**
 * Chart of histories as step lines: a rate holds until the next one. Pointer, touch and keys select a day, which is
 * passed to `onSelect`. For screen readers it is a slider over the days.
 */
export class Chart {
  readonly node: HTMLElement;
  readonly #options: Options;
  readonly #colours: TokenColours;
  #plot: UPlot | undefined;
  #drawing: Drawing = { days: [], lines: [] };
  #selected = -1;
  /** Other end of a range that is being selected by keys. */
  #anchor: number | null = null;
  #sizes: ResizeObserver | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.node = element('div', {
      ...{ class: 'chart', role: 'slider', tabindex: '0', 'aria-label': options.label },
      ...{ 'aria-valuemin': 0, 'aria-valuemax': 0, 'aria-valuenow': 0 },
      onkeydown: (event: KeyboardEvent) => this.#press(event),
    });
    this.#colours = new TokenColours(this.node);
  }

  /** `isSameRange`: the reader stays at the day they have selected. */
  async show(drawing: Drawing, isSameRange: boolean): Promise<void> {
    const { default: Plot } = await import('../chart/uPlot.esm.js');
    await nextTask();
    // The user may have left the view by now.
    if (!this.node.isConnected) return;
    if (!this.#sizes) {
      this.#sizes = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
      this.#sizes.observe(this.node);
    }
    const day = isSameRange ? this.#readDay : null;
    if (!this.#plot || JSON.stringify(drawing) !== JSON.stringify(this.#drawing)) {
      this.#drawing = drawing;
      this.#draw(Plot, drawing);
    }
    const last = drawing.days.length - 1;
    this.node.setAttribute('aria-valuemax', String(Math.max(0, last)));
    const kept = day === null ? -1 : drawing.days.indexOf(day);
    if (kept >= 0) this.#plot?.setCursor({ left: this.#left(kept), top: 0 });
    // Said again: what stands beside the chart is new.
    this.#selected = -1;
    this.select(kept >= 0 ? kept : last);
  }

  /** The selected day, if the reader has left the last one. */
  get #readDay(): string | null {
    const { days } = this.#drawing;
    return this.#selected < days.length - 1 ? (days[this.#selected] ?? null) : null;
  }

  /** Redraws in the colours of another theme. */
  repaint(): void {
    this.#colours.forget();
    this.#plot?.redraw(false);
  }

  select(index: number): void {
    if (this.#drawing.days[index] === undefined || index === this.#selected) return;
    this.#selected = index;
    this.node.setAttribute('aria-valuenow', String(index));
    this.node.setAttribute('aria-valuetext', this.#options.say(index));
    this.#options.onSelect(index);
  }

  destroy(): void {
    this.#sizes?.disconnect();
    this.#plot?.destroy();
  }

  #draw(Plot: typeof UPlot, { days, lines }: Drawing): void {
    this.#plot?.destroy();
    this.#anchor = null;
    fill(this.node);
    const data = [days.map(secondsOf), ...lines.map((line) => [...line])] as UPlot.AlignedData;
    const { tongue } = this.#options;
    const options = chartOptions(Plot, data, { node: this.node, colours: this.#colours, tongue });
    const hooks: UPlot.Options['hooks'] = {
      setCursor: [({ cursor }) => this.select(cursor.idx ?? this.#selected)],
      setSelect: [({ select: { left, width } }) => this.#dragged(left, width)],
    };
    const plot = new Plot({ ...options, ...this.#size(), hooks }, data, this.node);
    this.#plot = plot;
    const { over } = plot;
    // Touch causes no mouse events.
    over.addEventListener('pointermove', ({ pointerType, clientX }) => {
      if (pointerType === 'mouse') return;
      plot.setCursor({ left: clientX - over.getBoundingClientRect().left, top: 0 });
    });
  }

  #dragged(left: number, width: number): void {
    const plot = this.#plot;
    if (!plot || width === 0) return;
    this.#pass(plot.posToIdx(left), plot.posToIdx(left + width));
  }

  #pass(one: number, other: number): void {
    const { days } = this.#drawing;
    const [from, to] = [days[Math.min(one, other)], days[Math.max(one, other)]];
    if (from !== undefined && to !== undefined && from < to) this.#options.onRange({ from, to });
  }

  #press(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.#anchor !== null) this.#pass(this.#anchor, this.#selected);
    if (event.key === 'Enter' || event.key === 'Escape') this.#mark(null);
    const last = this.#drawing.days.length - 1;
    const ends: Readonly<Record<string, number>> = { Home: 0, End: last };
    const to = ends[event.key] ?? this.#selected + (STEPS[event.key] ?? NaN);
    if (Number.isNaN(to) || !this.#plot) return;
    event.preventDefault();
    const anchor = event.shiftKey ? (this.#anchor ?? this.#selected) : null;
    const index = Math.min(last, Math.max(0, to));
    this.#plot.setCursor({ left: this.#left(index), top: 0 });
    this.select(index);
    this.#mark(anchor);
  }

  /** Shows the days between `anchor` and the selected one as a range. */
  #mark(anchor: number | null): void {
    this.#anchor = anchor;
    const [one, other] = [
      this.#left(anchor ?? 0),
      this.#left(anchor === null ? 0 : this.#selected),
    ];
    const width = Math.abs(other - one);
    const height = this.#plot?.over.clientHeight ?? 0;
    this.#plot?.setSelect({ left: Math.min(one, other), top: 0, width, height }, false);
  }

  #left(index: number): number {
    return this.#plot?.valToPos(this.#plot.data[0][index] ?? 0, 'x') ?? 0;
  }

  #size(): { width: number; height: number } {
    const width = Math.max(200, this.node.clientWidth);
    return { width, height: Math.round(Math.min(HEIGHT, Math.max(200, width * ASPECT))) };
  }
}
