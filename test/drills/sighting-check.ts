import type { LogLine } from '../support/log-reader.js';
import type { Operation } from './operation-log.js';
import type { RecordedRead, Sighting } from './read-load.js';

/** A write to a code, and how many events of the code the log has with it. */
interface WrittenAt {
  start: number;
  /** Infinity: never acknowledged. */
  acknowledgedAt: number;
  position: number;
}

/** What became of a code. */
interface CodeHistory {
  /** The value in force after so many events; undefined: none is. */
  values: (number | undefined)[];
  /** In the order of the log, which is the order in time: a code has one writer. */
  writes: WrittenAt[];
  /** What reads have shown, in the order in which they ended; positions never fall. */
  shown: { end: number; position: number }[];
}

const EVENTS: Readonly<Record<string, string>> = {
  create: 'rate_created',
  edit: 'rate_updated',
  delete: 'rate_deleted',
};

/**
 * Reads that showed what was never in force, what was not yet written, or less than was acknowledged, or
 * than another read had shown, before they began. The log says what was in force.
 */
export function complaintsOfSightings(
  reads: readonly RecordedRead[],
  operations: readonly Operation[],
  log: readonly LogLine[],
): string[] {
  const histories = historiesOf(operations, log);
  return reads.flatMap((read) =>
    read.sightings.flatMap((sighting) => {
      const history = histories.get(sighting.code);
      if (!history) return [`${read.path} showed ${sighting.code}, which nobody wrote`];
      return complaintAbout(read, sighting, history);
    }),
  );
}

function complaintAbout(
  { path, start, end }: RecordedRead,
  { code, value }: Sighting,
  { values, writes, shown }: CodeHistory,
): string[] {
  // The first event was acknowledged before all reads.
  const acknowledged = writes.findLast(({ acknowledgedAt }) => acknowledgedAt <= start);
  const seen = shown.findLast((each) => each.end < start);
  const least = Math.max(1, acknowledged?.position ?? 0, seen?.position ?? 0);
  const most = writes.findLast((each) => each.start < end)?.position ?? 1;
  const possible = values.slice(0, most + 1);
  const position = possible.indexOf(Number(value), least);
  if (position >= 0) {
    shown.push({ end, position: Math.max(position, shown.at(-1)?.position ?? 0) });
    return [];
  }
  const expected = [...new Set(possible.slice(least))].join(' or ');
  return [`${path} showed ${code} at ${value}, in force was ${expected}`];
}

function historiesOf(
  operations: readonly Operation[],
  log: readonly LogLine[],
): Map<string, CodeHistory> {
  const histories = new Map<string, CodeHistory>();
  const positions = new Map<string, number>();
  const standing = new Map<string, Map<number, number>>();
  for (const { event, code, payload, rate_id } of log) {
    const { value } = JSON.parse(payload) as { value: number };
    const history = histories.get(code) ?? { values: [undefined], writes: [], shown: [] };
    const rates = standing.get(code) ?? new Map<number, number>();
    // The rate made or edited last is in force.
    rates.delete(rate_id);
    if (event !== 'rate_deleted') rates.set(rate_id, value);
    standing.set(code, rates);
    positions.set(keyOf(event, code, value), history.values.length);
    history.values.push([...rates.values()].at(-1));
    histories.set(code, history);
  }
  for (const { op, start, end, result, rate } of operations) {
    const position = rate && positions.get(keyOf(EVENTS[op] ?? op, rate.code, Number(rate.value)));
    if (!rate || position === undefined) continue;
    const acknowledgedAt = result === 'acknowledged' ? end : Infinity;
    histories.get(rate.code)?.writes.push({ start, acknowledgedAt, position });
  }
  return histories;
}

function keyOf(event: string, code: string, value: number): string {
  return `${event} ${code} ${value}`;
}
