import { Histogram } from 'prom-client';

const NAME = 'kurs_http_request_duration_seconds';
const HELP =
  'From the head of a request to the end of its answer, by route and status; cut_off: the answer did not end';
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type Label = 'method' | 'route' | 'code';
type Shown = Awaited<ReturnType<Histogram<Label | 'le'>['get']>>;
type Value = Shown['values'][number];

/** A request that was answered, or whose client disconnected. */
export interface AnsweredRequest {
  method: string;
  /** A template, see routeOf. */
  route: string;
  /** null: the answer was cut off. */
  status: number | null;
  seconds: number;
}

/** Counts of one set of labels. */
interface Row {
  labels: Record<Label, string>;
  /** By bucket, not cumulative; the last one is for longer durations. */
  counts: number[];
  sum: number;
}

/**
 * Histogram that finds its rows by map. prom-client's own builds a string of all labels, and one of a bucket's
 * number, for every request: a quarter of the cost of a cache hit.
 */
export class RequestDurations extends Histogram<Label> {
  private readonly rows: Row[] = [];
  private readonly byRoute = new Map<string, Map<string, Map<number | null, Row>>>();

  constructor() {
    const labelNames = ['method', 'route', 'code'] as const;
    super({ name: NAME, help: HELP, labelNames, buckets: BUCKETS, registers: [] });
  }

  add({ method, route, status, seconds }: AnsweredRequest): void {
    const row = this.rowOf(METHODS.has(method) ? method : 'other', route, status);
    let bucket = 0;
    while (bucket < BUCKETS.length && seconds > Number(BUCKETS[bucket])) bucket += 1;
    row.counts[bucket] = Number(row.counts[bucket]) + 1;
    row.sum += seconds;
  }

  override get(): Promise<Shown> {
    const values = this.rows.flatMap(valuesOf);
    const [name, help, collect] = [NAME, HELP, () => undefined];
    return Promise.resolve({
      name,
      help,
      type: 'histogram',
      values,
      aggregator: 'sum',
      collect,
    } as unknown as Shown);
  }

  /** Called by a registry that writes text. */
  getForPromString(): Promise<Shown> {
    return this.get();
  }

  private rowOf(method: string, route: string, status: number | null): Row {
    const byMethod = at(this.byRoute, route, () => new Map<string, Map<number | null, Row>>());
    const byStatus = at(byMethod, method, () => new Map<number | null, Row>());
    return at(byStatus, status, () => {
      const labels = { method, route, code: status === null ? 'cut_off' : String(status) };
      const row = { labels, counts: Array<number>(BUCKETS.length + 1).fill(0), sum: 0 };
      this.rows.push(row);
      return row;
    });
  }
}

/** Exposition format of a histogram: cumulative buckets, sum and count. */
function valuesOf({ labels, counts, sum }: Row): Value[] {
  let count = 0;
  const buckets = [...BUCKETS, '+Inf'].map((le, bucket) => {
    count += Number(counts[bucket]);
    return { labels: { le, ...labels }, value: count, metricName: `${NAME}_bucket` };
  });
  return [
    ...buckets,
    { labels, value: sum, metricName: `${NAME}_sum` },
    { labels, value: count, metricName: `${NAME}_count` },
  ];
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
