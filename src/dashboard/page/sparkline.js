import { compare } from './decimal.js';
import { drawn } from './element.js';
import { lineThrough, summaryOf } from './series.js';

const BOX = { width: 120, height: 28 };

/** Sparkline of fixings, labelled with minimum and maximum for screen readers; null for fewer than two. */
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
    // A line without length and with round caps is a dot, however the box is stretched.
    drawn('path', { class: 'end', d: `M${x} ${y}h0`, 'vector-effect': 'non-scaling-stroke' }),
  );
}
