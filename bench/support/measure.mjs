/** Median, lowest and highest of the figures. */
export function spread(figures) {
  const sorted = [...figures].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [min, max] = [sorted[0], sorted.at(-1)];
  return { median: at(0.5), min, max, p95: at(0.95), p99: at(0.99) };
}

/** What was measured, in its unit; a `goal` says what it should be, `atMost` or `atLeast`. */
export function row(what, unit, figures, goal) {
  return { what, unit, ...spread(figures), goal };
}

/** Ours beside its bound, each round by itself: the machine may have been slower in some of them. */
export function ratio(what, ours, bound, goal) {
  const ratios = ours.map((figure, round) => figure / bound[round]);
  return { ...row(what, '', ratios, goal), isRatio: true };
}

export function isReached({ median, goal: { atMost = Infinity, atLeast = -Infinity } }) {
  return median <= atMost && median >= atLeast;
}

/** As people read it. */
export function shown({ what, unit, median, min, max, goal }) {
  const digits = (figure) => {
    const size = Math.abs(figure);
    return figure.toFixed(size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
  };
  const wanted =
    goal && (goal.atMost === undefined ? ['at least', goal.atLeast] : ['at most', goal.atMost]);
  return {
    what,
    median: `${digits(median)} ${unit}`.trim(),
    spread: min === max ? '' : `${digits(min)} – ${digits(max)}`,
    goal: wanted ? `${wanted[0]} ${wanted[1].toLocaleString('en')} ${unit}`.trim() : '',
  };
}
