/** Median, lowest and highest of the figures. */
export function spread(figures) {
  const sorted = [...figures].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [min, max] = [sorted[0], sorted.at(-1)];
  return { median: at(0.5), min, max, p95: at(0.95), p99: at(0.99) };
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
