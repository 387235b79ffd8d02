import { earlier } from '../../common/calendar-date.js';
import { firstGap } from '../../common/date-range.js';
import type { Unit } from '../../database/unit.js';
import {
  type Fixing,
  LAST_MONTHLY_DAY,
  longestInForce,
  type PublishedSheet,
  type SettingPeriod,
  SettingPeriodEntity,
  SettingPeriods,
} from '../model/index.js';

/** Records the rhythm of a currency; writes nothing if it is known. */
export async function noteSetting(
  unit: Unit,
  cbr_id: string,
  periods: readonly SettingPeriod[],
  recorded_at: Date,
): Promise<void> {
  const lines = await unit
    .select(SettingPeriodEntity, 'period')
    .where({ cbr_id })
    .orderBy('period.id', 'ASC')
    .getMany();
  const known = new SettingPeriods(lines);
  const isNews = ({ from, to, rhythm }: SettingPeriod) =>
    firstGap(known.daysOf(cbr_id, rhythm), { from, to }) !== undefined;
  if (!periods.some(isNews)) return;
  const added = periods.map(({ from, to, rhythm }) => ({
    ...{ cbr_id, from_date: from, to_date: to, rhythm, recorded_at },
  }));
  await unit.insert(SettingPeriodEntity, added as SettingPeriodEntity[]);
}

/** Days of a sheet, and its currencies. */
interface DaysOfSheet extends Pick<PublishedSheet, 'effective_date' | 'in_force_to'> {
  fixings: readonly Pick<Fixing, 'cbr_id'>[];
}

/** Records that currencies of a sheet before 2010 were set daily, if nothing is known of these days. */
export async function noteDailySetting(
  unit: Unit,
  { effective_date: from, in_force_to, fixings }: DaysOfSheet,
  recorded_at: Date,
): Promise<void> {
  if (from > LAST_MONTHLY_DAY) return;
  const last = in_force_to > longestInForce(from) ? from : in_force_to;
  const to = earlier(last, LAST_MONTHLY_DAY);
  const ids = fixings.map(({ cbr_id }) => cbr_id);
  const lines = await unit
    .select(SettingPeriodEntity, 'period')
    .where('period.cbr_id IN (:...ids)', { ids })
    .andWhere('period.from_date <= :to AND period.to_date >= :from', { from, to })
    .orderBy('period.id', 'ASC')
    .getMany();
  const known = new SettingPeriods(lines);
  const added = ids
    .filter((cbr_id) => !known.isKnown(cbr_id, { from, to }))
    .map((cbr_id) => ({ cbr_id, from_date: from, to_date: to, rhythm: 'daily', recorded_at }));
  await unit.insert(SettingPeriodEntity, added as SettingPeriodEntity[]);
}
