/**
 * The bank has given some letter codes to two of its IDs (DEM, SAR), and may publish a date again with another
 * ID for a code. For one day one of them speaks for the code, on every route: the one whose last fixing is of a
 * later date; where both end on one date, the one whose fixing of it was recorded later.
 */

/** Of IDs that share a letter code: the date of the last fixing and the instant of its recording, as `lastSetText` writes them. */
export type LastSet = ReadonlyMap<string, string>;

/** One text that sorts by date, then by instant. */
export function lastSetText(date: string, recorded_at: string): string {
  return `${date} ${recorded_at}`;
}

/** Whether one ID speaks before another one of the same code, where both have a fixing of one day. */
export function speaksBefore(one: string, other: string, lastSet: LastSet): boolean {
  const [last, otherLast] = [lastSet.get(one) ?? '', lastSet.get(other) ?? ''];
  return last === otherLast ? one < other : last > otherLast;
}

/** What the bank set, or people made, of one code on a day. */
interface OfCode {
  code: string;
  cbr_id: string | null;
  source: string;
}

/** Of one day's rates those that are answered: people's, and of each code the one of the bank's that speaks. */
export function speakingOnDay<Of extends { current: OfCode }>(
  rates: readonly Of[],
  lastSet: LastSet,
): readonly Of[] {
  const speaking = new Map<string, string>();
  let hasRivals = false;
  for (const { current } of rates) {
    const { code, cbr_id } = current;
    if (!isOfTheBank(current) || cbr_id === null) continue;
    const other = speaking.get(code);
    if (other !== undefined) hasRivals = true;
    if (other === undefined || speaksBefore(cbr_id, other, lastSet)) speaking.set(code, cbr_id);
  }
  // Nearly every day.
  if (!hasRivals) return rates;
  return rates.filter(
    ({ current }) => !isOfTheBank(current) || speaking.get(current.code) === current.cbr_id,
  );
}

function isOfTheBank({ source }: OfCode): boolean {
  return source === 'cbr';
}

/** Of the IDs of one code each that others speak before, with those others. */
export function outspoken(
  ids: readonly string[],
  lastSet: LastSet,
): { id: string; others: string[] }[] {
  return ids
    .map((id) => ({ id, others: ids.filter((other) => speaksBefore(other, id, lastSet)) }))
    .filter(({ others }) => others.length > 0);
}
