import { rangeStart } from './series.js';

const NOT_LOADED = 'rates.not_loaded';

/**
 * Fixings of a range that ends on `day`, with old roubles restated. If the range is not loaded completely: the
 * fixings after the last gap, and in `missing` the problem with the command that loads the rest.
 *
 * @throws Problem
 */
export async function historyOf(service, { code, range, day }, signal) {
  const path = `v1/rates/${code}/history`;
  const wish = { restate: true, source: 'all' };
  const from = rangeStart(range, day);
  try {
    return { from, fixings: await service.all(path, { ...wish, from }, signal), missing: null };
  } catch (missing) {
    if (missing.code !== NOT_LOADED) throw missing;
    const loaded = await service.all(path, wish, signal).catch((problem) => {
      if (problem.code !== NOT_LOADED) throw problem;
      return [];
    });
    const fixings = loaded.filter(({ effective_date: date }) => date >= from);
    return { from: fixings[0]?.effective_date ?? from, fixings, missing };
  }
}

/** Address of the bank's document for a fixing; null if none is stored, or the rate is manual. */
export async function documentOf(service, { effective_date: date, cbr_id: id, source }, signal) {
  if (source !== 'cbr') return null;
  const sheet = await service.get(`v1/sheets/${date}`, {}, signal).catch((problem) => {
    if (problem.code !== 'rates.no_sheet') throw problem;
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
