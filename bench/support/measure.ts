/** What a figure should be. */
export interface Goal {
  atMost?: number;
  atLeast?: number;
}

interface Spread {
  median: number;
  min: number;
  max: number;
  p95: number;
  p99: number;
}

/** A line of a benchmark's table. */
export interface Row extends Spread {
  what: string;
  unit: string;
  goal?: Goal;
  /** Two figures of the same rounds divided. */
  isRatio?: boolean;
}

export type RowWithGoal = Row & { goal: Goal };

/** The result of a benchmark. `quick` asks for the short form. */
export type Benchmark = (options: { quick: boolean }) => Promise<Row[]>;

/** Median, percentiles, lowest and highest of the figures. */
export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { median: at(0.5), min: at(0), max: at(1), p95: at(0.95), p99: at(0.99) };
}

export function row(what: string, unit: string, figures: readonly number[], goal?: Goal): Row {
  return { what, unit, ...spread(figures), ...(goal && { goal }) };
}

/** Ours beside its bound, round by round: the machine may have been slower in some of them. */
export function ratio(
  what: string,
  ours: readonly number[],
  bound: readonly number[],
  goal?: Goal,
): Row {
  const ratios = ours.map((figure, round) => figure / (bound[round] ?? NaN));
  return { ...row(what, '', ratios, goal), isRatio: true };
}

export function hasGoal(each: Row): each is RowWithGoal {
  return each.goal !== undefined;
}

export function isReached({ median, goal }: RowWithGoal): boolean {
  const { atMost = Infinity, atLeast = -Infinity } = goal;
  return median <= atMost && median >= atLeast;
}

/** As people read it. */
export function shown({ what, unit, median, min, max, goal }: Row) {
  const digits = (figure: number) => {
    const size = Math.abs(figure);
    return figure.toFixed(size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
  };
  return {
    what,
    median: `${digits(median)} ${unit}`.trim(),
    spread: min === max ? '' : `${digits(min)} – ${digits(max)}`,
    goal: goal ? `${wanted(goal)} ${unit}`.trim() : '',
  };
}

function wanted({ atMost, atLeast }: Goal): string {
  return atMost === undefined
    ? `at least ${atLeast?.toLocaleString('en')}`
    : `at most ${atMost.toLocaleString('en')}`;
}

/** What clients report of a load that they made. */
export interface Load {
  count: number;
  perSecond: number;
  /** Latency in milliseconds. */
  p99: number;
}
