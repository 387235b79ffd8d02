import type { LogLine, StoredRate } from '../support/log-reader.js';

type Payload = Omit<StoredRate, 'value'> & { event: string; value: number };

/** What the rows that the log tells of should be, and are not: its events are applied one after the other. */
export function complaintsOfReplay(
  log: readonly LogLine[],
  rates: readonly StoredRate[],
): string[] {
  const replayed = new Map<number, string | null>();
  for (const { payload } of log) {
    const { event, ...rate } = JSON.parse(payload) as Payload;
    replayed.set(rate.id, event === 'rate_deleted' ? null : rowText(rate));
  }
  const stored = new Map(
    rates.map((rate) => [rate.id, rowText({ ...rate, value: Number(rate.value) })]),
  );
  return [...replayed].flatMap(([id, expected]) => {
    const found = stored.get(id) ?? null;
    return found === expected ? [] : [`rate ${id} is ${found}, the log says ${expected}`];
  });
}

function rowText({
  id,
  code,
  name,
  nominal,
  value,
  created_at,
  effective_date,
  source,
}: Omit<Payload, 'event'>): string {
  return JSON.stringify([id, code, name, nominal, value, created_at, effective_date, source]);
}
