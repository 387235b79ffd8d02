/**
 * The bank has assigned some letter codes to two IDs (DEM, SAR), and may republish a date with another ID for a code.
 * On every route one ID per day represents the code: the one with the later last fixing, or, if both end on the same
 * date, the one whose fixing of that date was recorded later.
 */

/** For IDs that share a letter code: date and recording time of the last fixing, as in `lastSetText`. */
export type LastSet = ReadonlyMap<string, string>;

/** Text that sorts by date, then by instant. */
export function lastSetText(date: string, recorded_at: string): string {
  return `${date} ${recorded_at}`;
}

/** Whether ID `one` takes precedence over `other` of the same code, if both have a fixing of one day. */
export function takesPrecedence(one: string, other: string, lastSet: LastSet): boolean {
  const [last, otherLast] = [lastSet.get(one) ?? '', lastSet.get(other) ?? ''];
  return last === otherLast ? one < other : last > otherLast;
}

/** A rate of a code on a day, the bank's or manual. */
interface OfCode {
  code: string;
  cbr_id: string | null;
  source: string;
}

/** Filters the rates of a day: all manual ones, and for each code the bank's rate with precedence. */
export function withPrecedence<Of extends { current: OfCode }>(
  rates: readonly Of[],
  lastSet: LastSet,
): readonly Of[] {
  const preferred = new Map<string, string>();
  let hasRivals = false;
  for (const { current } of rates) {
    const { code, cbr_id } = current;
    if (!isOfTheBank(current) || cbr_id === null) continue;
    const other = preferred.get(code);
    if (other !== undefined) hasRivals = true;
    if (other === undefined || takesPrecedence(cbr_id, other, lastSet)) preferred.set(code, cbr_id);
  }
  // Fast path for nearly every day.
  if (!hasRivals) return rates;
  return rates.filter(
    ({ current }) => !isOfTheBank(current) || preferred.get(current.code) === current.cbr_id,
  );
}

function isOfTheBank({ source }: OfCode): boolean {
  return source === 'cbr';
}

/** The IDs of one code over which others take precedence, with those others. */
export function overruledIds(
  ids: readonly string[],
  lastSet: LastSet,
): { id: string; others: string[] }[] {
  return ids
    .map((id) => ({ id, others: ids.filter((other) => takesPrecedence(other, id, lastSet)) }))
    .filter(({ others }) => others.length > 0);
}
