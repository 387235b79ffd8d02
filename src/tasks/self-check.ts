import { isSameNumber } from '../common/decimal.js';
import type { CurrencySeries, PublishedSheet } from '../rates/model/index.js';
import type { Target } from './backfill-plan.js';

/** Describes contradictions between a currency's series and the newest sheet. */
export function differences(
  { cbr_id, code }: Target,
  { records }: CurrencySeries,
  { effective_date, fixings }: PublishedSheet,
): string[] {
  const inSheet = fixings.find((fixing) => fixing.cbr_id === cbr_id);
  const inSeries = records.find(
    (record) => record.cbr_id === cbr_id && record.effective_date === effective_date,
  );
  if (!inSheet && !inSeries) return [];
  if (inSheet && inSeries) {
    const isSame =
      inSheet.nominal === inSeries.nominal && isSameNumber(inSheet.value, inSeries.value);
    if (isSame) return [];
  }
  const shown = (side: typeof inSheet | typeof inSeries) =>
    side ? `${side.value} for ${side.nominal}` : 'nothing';
  return [
    `${code} on ${effective_date}: XML_daily says ${shown(inSheet)}, XML_dynamic says ${shown(inSeries)}`,
  ];
}
