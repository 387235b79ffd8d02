import { compare } from './decimal.js';
import { drawn } from './element.js';
import { lineThrough, summaryOf } from './series.js';

const BOX = { width: 120, height: 28 };

/** A small line of the fixings of some days, with its lowest and highest figure for those who do not see it; null for fewer than two. */
export function sparkline(fixings, days, tongue) {
  const summary = fixings && summaryOf(fixings);
  if (!summary || fixings.length < 2) return null;
  const { low, high, count } = summary;
  const label = tongue.words.lineText(
    ...[low, high].map((fixing) => tongue.digits(fixing.value)),
    count,
  );
  const order = compare(fixings.at(-1).rate, fixings[0].rate);
  const direction = order > 0 ? 'up' : order < 0 ? 'down' : 'same';
  const points = lineThrough(fixings, BOX, days);
  const [x, y] = points.split(' ').at(-1).split(',');
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
    // A line of no length with a round end is a dot, whatever the box is stretched to.
    drawn('path', { class: 'end', d: `M${x} ${y}h0`, 'vector-effect': 'non-scaling-stroke' }),
  );
}
