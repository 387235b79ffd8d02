import type UPlot from '../chart/uPlot.esm.js';
import type { Tongue } from '../language/tongue.js';
import type { TokenColours } from './token-colours.js';

/** Colour and dash of each line: one can be told from another without colours. */
export const LINES: readonly { colour: string; dash: readonly number[] }[] = [
  { colour: '--accent', dash: [] },
  { colour: '--second', dash: [9, 4] },
  { colour: '--third', dash: [2, 3] },
  { colour: '--fourth', dash: [10, 3, 2, 3] },
];

/** Space around a single fixing, in seconds. */
const AROUND = 3 * 86_400;
/** Least drag that selects days rather than one of them, in pixels. */
const LEAST_DRAG = 8;

/** Options of uPlot for lines in the page's colours and typeface. */
export function chartOptions(
  Plot: typeof UPlot,
  [days, ...lines]: UPlot.AlignedData,
  { node, colours, tongue }: { node: HTMLElement; colours: TokenColours; tongue: Tongue },
): Omit<UPlot.Options, 'width' | 'height'> {
  const colour = (token: string) => () => colours.of(token);
  const axis = {
    ...{ stroke: colour('--faint'), font: `12px ${getComputedStyle(node).fontFamily}` },
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const marks = new Intl.NumberFormat(tongue.language, { maximumSignificantDigits: 6 });
  const only = days.length === 1;
  const stepped = Plot.paths.stepped?.({ align: 1 });
  return {
    tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG },
      points: { size: 9, width: 2 },
    },
    scales: {
      x: { time: true, ...(only && { range: (_, at) => [at - AROUND, at + AROUND] }) },
      y: {
        range: (_, low, high) => (low === high ? around(low) : Plot.rangeNum(low, high, 0.1, true)),
      },
    },
    axes: [
      {
        ...axis,
        space: 76,
        size: 32,
        grid: { show: false },
        values: (_, splits, __, ___, step) => splits.map((at) => tongue.days.mark(at, step)),
      },
      { ...axis, size: 64, values: (_, splits) => splits.map((at) => marks.format(at)) },
    ],
    series: [
      {},
      ...lines.map((_, at) => {
        const { colour: name, dash } = LINES[at % LINES.length] ?? { colour: '--ink', dash: [] };
        return {
          ...{ stroke: colour(name), width: 1.75, dash: [...dash] },
          ...(lines.length === 1 && { fill: colour('--accent-wash') }),
          ...(stepped && { paths: stepped }),
          points: { show: only, size: 9, fill: colour(name) },
        };
      }),
    ],
  };
}

/** A range around a single price, so that the axis has marks near it. */
function around(price: number): [number, number] {
  const space = Math.abs(price) * 0.01 || 1;
  return [price - space, price + space];
}
