import { significant } from '../values/decimal.js';
import { type CurrencyRoute, ROUBLE } from '../address/route.js';
import { type Range, rangeStart } from '../values/series.js';
import { Problem, type Service, type Wish } from '../service/service.js';
import type { Rate } from '../values/shapes.js';

/** The period of a chart whose address names none. */
export const USUAL_PERIOD: Range = '1y';

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

/** Days of a chart; a period ends with the last day, and the request has no end. */
export function daysOf(
  span: CurrencyRoute['span'],
  day: string,
): { from: string; to: string | undefined } {
  if (span !== null && 'from' in span) return span;
  return { from: rangeStart(span?.period ?? USUAL_PERIOD, day), to: undefined };
}

/** A cross rate has no value as published: it is shown with six significant digits. */
function asFixing(rate: Rate): Rate {
  return { ...rate, nominal: 1, value: significant(rate.rate, 6) };
}

function isNotLoaded(problem: unknown): problem is Problem {
  return problem instanceof Problem && problem.code === 'rates.not_loaded';
}

/**
 * Fixings of a route whose last day is `day`, with old roubles restated. If the range is not loaded completely: the
 * fixings after the last gap, and in `missing` the problem with the command that loads the rest.
 *
 * @throws Problem
 */
export async function historyOf(
  service: Service,
  { code, quote, span }: CurrencyRoute,
  day: string,
  signal: AbortSignal,
): Promise<History> {
  const path = `v1/rates/${code}/history`;
  const isCross = quote !== ROUBLE;
  const wish = { source: 'all', ...(isCross ? { quote } : { restate: true }) };
  const { from, to } = daysOf(span, day);
  const rows = async (more: Wish) => {
    const fixings = await service.all<Rate>(path, { ...wish, ...more }, signal);
    return isCross ? fixings.map(asFixing) : fixings;
  };
  try {
    return { from, fixings: await rows({ from, to }), missing: null };
  } catch (missing) {
    if (!isNotLoaded(missing)) throw missing;
    const loaded = await rows({ to }).catch((problem: unknown) => {
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
