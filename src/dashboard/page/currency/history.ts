import { placesOf, rounded, significant, times } from '../values/decimal.js';
import { type CurrencyRoute, ROUBLE, type Span } from '../address/route.js';
import {
  isOldRouble,
  loadedPeriod,
  OLD_ROUBLES,
  type Range,
  rangeStart,
} from '../values/series.js';
import { Problem, type Service, type Wish } from '../service/service.js';
import type { Rate } from '../values/shapes.js';

/** Fixings of a range. */
export interface History {
  code: string;
  /** First day, and the last one if the range has one. */
  from: string;
  to: string | undefined;
  /** Null: a range by its days. */
  period: Range | null;
  fixings: Rate[];
  missing: Problem | null;
}

/** Fields of `/v1/sheets/{date}` that the page uses. */
interface SheetOfDay {
  documents: { kind: string; cbr_id: string | null; sha256: string }[];
}

/** Days of a chart; what ends with the last day, or would end later, has no end in its request. */
export function daysOf(span: Span, day: string): Pick<History, 'from' | 'to' | 'period'> {
  if ('from' in span) {
    const { from, to } = span;
    return { from, to: to > day ? undefined : to, period: null };
  }
  return { from: rangeStart(span.period, day), to: undefined, period: span.period };
}

/** A cross rate has no value as published: it is shown with six significant digits. */
function asCross(rate: Rate): Rate {
  const value = significant(rate.rate, 6);
  const change = rate.change && rounded(rate.change, placesOf(value));
  return { ...rate, nominal: 1, value, change };
}

/** The change of a value in old roubles is in old roubles as well. */
function asPublished(rate: Rate): Rate {
  return rate.change && isOldRouble(rate)
    ? { ...rate, change: times(rate.change, OLD_ROUBLES) }
    : rate;
}

function isNotLoaded(problem: unknown): problem is Problem {
  return problem instanceof Problem && problem.code === 'rates.not_loaded';
}

/**
 * Histories of the currency of a route, and of those that it is compared with in the same range; one that has no rate
 * is left out.
 *
 * @throws Problem
 */
export async function historiesOf(
  service: Service,
  route: CurrencyRoute,
  day: string,
  signal: AbortSignal,
): Promise<[History, ...History[]]> {
  const history = await historyOf(service, route, day, signal);
  const { from, period } = history;
  const span = route.span ?? (period ? { period } : { from, to: day });
  const { compared = [] } = route;
  const others = compared.map((code) =>
    historyOf(service, { ...route, code, span }, day, signal).catch((problem: unknown) => {
      if (problem instanceof Problem && problem.code === 'rates.unknown_code') return null;
      throw problem;
    }),
  );
  return [history, ...(await Promise.all(others)).filter((each) => each !== null)];
}

/**
 * Fixings of a route whose last day is `day`, with old roubles restated. If the range is not loaded completely: the
 * fixings after the last gap, and in `missing` the problem with the command that loads the rest. Without a span: the
 * longest loaded period up to a year; of a currency that had no rate for a year, all.
 *
 * @throws Problem
 */
async function historyOf(
  service: Service,
  route: CurrencyRoute,
  day: string,
  signal: AbortSignal,
): Promise<History> {
  const { span } = route;
  if (span !== null) return historyIn(service, { ...route, span }, day, signal);
  const inPeriod = (period: Range) =>
    historyIn(service, { ...route, span: { period } }, day, signal);
  const year = await inPeriod('1y');
  const [first] = year.fixings;
  if (!first) return year.missing ? year : inPeriod('all');
  if (!year.missing) return year;
  const { from, period } = daysOf({ period: loadedPeriod(first.effective_date, day) }, day);
  const fixings = year.fixings.filter(({ effective_date: date }) => date >= from);
  const isWhole = fixings.length < year.fixings.length;
  return isWhole ? { ...year, from, period, fixings, missing: null } : { ...year, period };
}

async function historyIn(
  service: Service,
  { code, quote, span }: CurrencyRoute & { span: Span },
  day: string,
  signal: AbortSignal,
): Promise<History> {
  const path = `v1/rates/${code}/history`;
  const isCross = quote !== ROUBLE;
  const wish = { source: 'all', ...(isCross ? { quote } : { restate: true }) };
  const days = daysOf(span, day);
  const { from, to } = days;
  if (from > day) return { code, ...days, fixings: [], missing: null };
  const rows = async (more: Wish) => {
    const fixings = await service.all<Rate>(path, { ...wish, ...more }, signal);
    return fixings.map(isCross ? asCross : asPublished);
  };
  try {
    return { code, ...days, fixings: await rows({ from, to }), missing: null };
  } catch (missing) {
    if (!isNotLoaded(missing)) throw missing;
    const loaded = await rows({ to }).catch((problem: unknown) => {
      if (!isNotLoaded(problem)) throw problem;
      return [];
    });
    const fixings = loaded.filter(({ effective_date: date }) => date >= from);
    return { code, ...days, from: fixings[0]?.effective_date ?? from, fixings, missing };
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
