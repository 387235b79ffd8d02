import type { LogLine, StoredRate } from '../support/log-reader.js';
import type { Operation, WrittenRate } from './operation-log.js';

type Write = Operation & { rate: WrittenRate };

const EVENTS: Readonly<Record<string, string>> = {
  create: 'rate_created',
  edit: 'rate_updated',
  delete: 'rate_deleted',
};

/** Compares what the writers were told with what became of it. */
export class Acknowledgements {
  private readonly writes: readonly Write[];
  /** Where the log has the event of a write; a repeat stands there twice. */
  private readonly seqs = new Map<string, number[]>();

  constructor(operations: readonly Operation[], log: readonly LogLine[]) {
    this.writes = operations.filter((each): each is Write => each.rate !== undefined);
    for (const { seq, event, code, payload } of log) {
      const { value } = JSON.parse(payload) as { value: number };
      const key = keyOf(event, code, value);
      this.seqs.set(key, [...(this.seqs.get(key) ?? []), seq]);
    }
  }

  /** Acknowledged writes that are not in the database as they were acknowledged. */
  missing(rates: readonly StoredRate[]): string[] {
    const stored = new Map(rates.map(({ id, value }) => [id, value]));
    return [...this.lastOfEachRate()].flatMap(([id, { op, result, rate }]) => {
      if (result !== 'acknowledged') return [];
      const expected = op === 'delete' ? undefined : rate.value;
      const found = stored.get(id);
      return found === expected ? [] : [`rate ${id} is ${found}, acknowledged was ${expected}`];
    });
  }

  /** Events of acknowledged writes that the log does not have once, those of others that it has too often. */
  misreported(): string[] {
    return this.writes.flatMap(({ op, result, rate }) => {
      const count = this.seqsOf(op, rate).length;
      const isRight =
        result === 'acknowledged' ? count === 1 : count <= (result === 'refused' ? 0 : 1);
      return isRight ? [] : [`${op} of ${rate.code} ${rate.value}, ${result}: ${count} events`];
    });
  }

  /** Currencies whose events do not follow the order in which the writes were acknowledged, one after the other. */
  misordered(): string[] {
    const newest = new Map<string, number>();
    return this.writes.flatMap(({ op, result, rate }) => {
      if (result !== 'acknowledged') return [];
      const seq = this.seqsOf(op, rate)[0] ?? Infinity;
      const before = newest.get(rate.code) ?? 0;
      newest.set(rate.code, seq);
      return seq > before ? [] : [`${op} of ${rate.code} ${rate.value} is ${seq}, after ${before}`];
    });
  }

  /** A refused edit leaves what the write before it has made. */
  private lastOfEachRate(): Map<number, Write> {
    const last = new Map<number, Write>();
    for (const write of this.writes) {
      const { id } = write.rate;
      if (id !== undefined && write.result !== 'refused') last.set(id, write);
    }
    return last;
  }

  private seqsOf(op: string, { code, value }: WrittenRate): number[] {
    return this.seqs.get(keyOf(EVENTS[op] ?? op, code, Number(value))) ?? [];
  }
}

function keyOf(event: string, code: string, value: number): string {
  return `${event} ${code} ${value}`;
}
