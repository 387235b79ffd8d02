import { compare, percentBetween } from '../values/decimal.js';
import { drawn, element } from '../elements/element.js';
import { lineThrough } from '../values/series.js';
import type { Days, Rate } from '../values/shapes.js';
import { measureOf, summaryOf } from '../values/summary.js';
import type { Tongue } from '../language/tongue.js';

const BOX = { width: 120, height: 28 };

/** Change over the days of a sparkline, in its colour: `30 days: −1.20 %`. */
export function sparkChange(
  fixings: readonly Rate[] | undefined,
  tongue: Tongue,
): HTMLElement | null {
  const [first, last] = [fixings?.[0], fixings?.at(-1)];
  if (!first || !last || first === last) return null;
  const { text, direction } = tongue.change(percentBetween(first.rate, last.rate, 2));
  const about = element('span', { class: `change ${direction}` }, `${text}\u00A0%`);
  return element('span', { class: 'period' }, `${tongue.words.columns.line}: `, about);
}

/** Sparkline of fixings, labelled with minimum and maximum for screen readers; null for fewer than two. */
export function sparkline(
  fixings: readonly Rate[] | undefined,
  days: Days | null,
  tongue: Tongue,
): SVGElement | null {
  const [first, last] = [fixings?.[0], fixings?.at(-1)];
  if (!fixings || !first || !last || first === last || !days) return null;
  const summary = summaryOf(fixings, measureOf(fixings, false));
  if (!summary) return null;
  const { low, high, count } = summary;
  const label = tongue.words.lineText(tongue.digits(low.figure), tongue.digits(high.figure), count);
  const order = compare(last.rate, first.rate);
  const direction = order > 0 ? 'up' : order < 0 ? 'down' : 'same';
  const points = lineThrough(fixings, BOX, days);
  const [x, y] = points.slice(points.lastIndexOf(' ') + 1).split(',');
  return drawn(
    'svg',
    {
      class: `spark ${direction}`,
      viewBox: `0 0 ${BOX.width} ${BOX.height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label,
    },
    drawn('polyline', { points, 'vector-effect': 'non-scaling-stroke' }),
    // A line without length and with round caps is a dot, however the box is stretched.
    drawn('path', { class: 'end', d: `M${x} ${y}h0`, 'vector-effect': 'non-scaling-stroke' }),
  );
}
