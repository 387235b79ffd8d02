/** Median, lowest and highest of the figures. */
export function spread(figures) {
  const sorted = [...figures].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), min: sorted[0], max: sorted.at(-1), p95: at(0.95) };
}

export function row(name, unit, figures) {
  const { median, min, max } = spread(figures);
  const shown = (figure) => figure.toFixed(figure < 10 ? 2 : 1);
  return {
    what: name,
    median: `${shown(median)} ${unit}`,
    spread: `${shown(min)} – ${shown(max)}`,
  };
}

export function ratio(name, ours, bound, goal) {
  const value = spread(ours).median / spread(bound).median;
  return { what: name, median: value.toFixed(2), spread: goal };
}
