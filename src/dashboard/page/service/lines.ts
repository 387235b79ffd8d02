import { Problem, type Service } from './service.js';
import { sparkStart } from '../values/series.js';
import type { Days, Rate, Row } from '../values/shapes.js';

/** Fixings by code; a code whose days are not loaded is absent. */
export type Lines = Map<string, Rate[]>;

/**
 * Fixings of the 30 days up to `day`; where the first of them are not loaded, those after the gap, with the problem.
 *
 * @throws Problem
 */
export async function linesUpTo(
  day: string,
  { service, rows, signal }: { service: Service; rows: readonly Row[]; signal: AbortSignal },
): Promise<{ lines: Lines; lineDays: Days; linesProblem: Problem | null }> {
  const lineDays = { from: sparkStart(day), to: day };
  const since = (from: string) => service.all<Rate>('v1/rates', { from }, signal);
  try {
    return { lines: byCode(await since(lineDays.from)), lineDays, linesProblem: null };
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'rates.not_loaded') throw problem;
    const known = rows.find(({ today, next }) => (today ?? next)?.source === 'cbr');
    const path = `v1/rates/${known?.code}/history`;
    const [first] = known ? await service.get<Rate[]>(path, { limit: 1 }, signal) : [];
    const fixings = first ? await since(first.effective_date) : [];
    return { lines: byCode(fixings), lineDays, linesProblem: problem };
  }
}

function byCode(fixings: readonly Rate[]): Lines {
  const lines: Lines = new Map();
  for (const fixing of fixings) lines.set(fixing.code, [...(lines.get(fixing.code) ?? []), fixing]);
  return lines;
}
