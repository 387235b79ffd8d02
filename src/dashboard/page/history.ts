import { type Range, rangeStart } from './series.js';
import { Problem, type Service } from './service.js';
import type { Rate } from './shapes.js';

/** Fixings of a range. */
export interface History {
  from: string;
  fixings: Rate[];
  missing: Problem | null;
}

/** Fields of `/v1/sheets/{date}` that the page uses. */
interface SheetOfDay {
  documents: { kind: string; cbr_id: string | null; sha256: string }[];
}

function isNotLoaded(problem: unknown): problem is Problem {
  return problem instanceof Problem && problem.code === 'rates.not_loaded';
}

/**
 * Fixings of a range that ends on `day`, with old roubles restated. If the range is not loaded completely: the
 * fixings after the last gap, and in `missing` the problem with the command that loads the rest.
 *
 * @throws Problem
 */
export async function historyOf(
  service: Service,
  { code, range, day }: { code: string; range: Range; day: string },
  signal: AbortSignal,
): Promise<History> {
  const path = `v1/rates/${code}/history`;
  const wish = { restate: true, source: 'all' };
  const from = rangeStart(range, day);
  try {
    return {
      from,
      fixings: await service.all<Rate>(path, { ...wish, from }, signal),
      missing: null,
    };
  } catch (missing) {
    if (!isNotLoaded(missing)) throw missing;
    const loaded = await service.all<Rate>(path, wish, signal).catch((problem: unknown) => {
      if (!isNotLoaded(problem)) throw problem;
      return [];
    });
    const fixings = loaded.filter(({ effective_date: date }) => date >= from);
    return { from: fixings[0]?.effective_date ?? from, fixings, missing };
  }
}

/** Address of the bank's document for a fixing; null if none is stored, or the rate is manual. */
export async function documentOf(
  service: Service,
  { effective_date: date, cbr_id: id, source }: Rate,
  signal: AbortSignal,
): Promise<{ isSeries: boolean; address: string } | null> {
  if (source !== 'cbr') return null;
  const path = `v1/sheets/${date}`;
  const sheet = await service.get<SheetOfDay>(path, {}, signal).catch((problem: unknown) => {
    if (!(problem instanceof Problem) || problem.code !== 'rates.no_sheet') throw problem;
    return { documents: [] };
  });
  const { documents } = sheet;
  if (documents.some(({ kind }) => kind === 'daily')) {
    return { isSeries: false, address: service.address(`v1/sheets/${date}.xml`) };
  }
  const series = documents.find(({ cbr_id: each }) => each === id);
  if (!series) return null;
  const { sha256 } = series;
  return { isSeries: true, address: service.address(`v1/sheets/${date}.xml`, { sha256 }) };
}
