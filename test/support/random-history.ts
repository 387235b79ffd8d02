import { MoreThan, Not } from 'typeorm';
import { addDays, type CalendarDate, startOfMoscowDay } from '../../src/common/calendar-date.js';
import type { UnitOfWork } from '../../src/database/unit-of-work.js';
import { CoverageEntity, EVERY_CURRENCY } from '../../src/rates/model/coverage.entity.js';
import { CurrencyEntity } from '../../src/rates/model/currency.entity.js';
import { QuarantinedFixingEntity } from '../../src/rates/model/quarantined-fixing.entity.js';
import { RateRevisionEntity } from '../../src/rates/model/rate-revision.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { SettingPeriodEntity } from '../../src/rates/model/setting-period.entity.js';
import { settingPeriodsOf } from '../../src/rates/model/setting-rhythm.js';

/** Events of a currency on the day of a sheet. */
export type Fate = 'set' | 'left out' | 'held' | 'edited' | 'deleted' | 'corrected';

/** A day: what its sheet does to each currency; or a day without a sheet, loaded or not. */
export type Day = readonly Fate[] | 'no sheet' | 'not loaded';

/** ID and code: the dollar is in every sheet, two IDs share a code. */
export const CURRENCIES: readonly (readonly [id: string, code: string])[] = [
  ['R01235', 'USD'],
  ['R01239', 'EUR'],
  ['R01510', 'DEM'],
  ['R01510A', 'DEM'],
  ['R01060', 'AMD'],
];

/** Stores consecutive days as left by fetches, edits, deletions and corrections. */
export async function storeHistory(
  unitOfWork: UnitOfWork,
  from: CalendarDate,
  days: readonly Day[],
  now: Date,
): Promise<void> {
  const names = (index: number) => ({ name: `Валюта ${index}`, name_en: null, num_code: null });
  const rates: RateEntity[] = [];
  const revisions: RateRevisionEntity[] = [];
  const held: QuarantinedFixingEntity[] = [];
  const coverage: CoverageEntity[] = [];
  days.forEach((day, index) => {
    if (day === 'not loaded') return;
    const effective_date = addDays(from, index);
    // Sheets and series: monthly fixings are only in series.
    for (const cbr_id of [EVERY_CURRENCY, ...CURRENCIES.map(([id]) => id)]) {
      const line = { cbr_id, from_date: effective_date, to_date: effective_date, recorded_at: now };
      coverage.push(line as CoverageEntity);
    }
    if (day === 'no sheet') return;
    CURRENCIES.forEach(([cbr_id, code], which) => {
      const fate = day[which] ?? 'set';
      const id = index * CURRENCIES.length + which + 1;
      const version = {
        ...{ cbr_id, code, name: `Валюта ${which}`, nominal: 1, value: `${id}.50` },
        ...{ effective_date, source: 'cbr' as const, recorded_by: null, document_id: null },
        ...{ created_at: startOfMoscowDay(effective_date), recorded_at: now, updated_at: now },
      };
      const replaced = (reason: 'edit' | 'delete' | 'correction') =>
        revisions.push({
          ...version,
          ...{ rate_id: id, value: `${id}.25`, superseded_at: now, superseded_by: null, reason },
          recorded_at: startOfMoscowDay(effective_date),
        } as unknown as RateRevisionEntity);
      if (fate === 'set') rates.push({ ...version, id });
      if (fate === 'edited') {
        replaced('edit');
        rates.push({ ...version, id, source: 'manual' });
      }
      if (fate === 'deleted') replaced('delete');
      if (fate === 'corrected') {
        replaced('correction');
        rates.push({ ...version, id });
      }
      if (fate === 'held') {
        held.push({
          ...{ cbr_id, code, ...names(which), nominal: 1, value: '999.00', effective_date },
          ...{ kind: 'fixing', document_id: 1 },
          ...{ previous_value: '1.00', previous_nominal: 1, previous_date: from },
          ...{ held_at: now, state: 'pending', decided_at: null, decided_by: null },
        } as unknown as QuarantinedFixingEntity);
      }
    });
  });
  const asked = { from, to: addDays(from, days.length - 1) };
  const settings = CURRENCIES.flatMap(([cbr_id], which) => {
    const isSet = (day: Day) =>
      typeof day !== 'string' && !['left out', 'held'].includes(day[which] ?? 'set');
    const dates = days.flatMap((day, index) => (isSet(day) ? [addDays(from, index)] : []));
    return settingPeriodsOf(dates, asked).map((period) => ({
      ...{ cbr_id, from_date: period.from, to_date: period.to, rhythm: period.rhythm },
      recorded_at: now,
    }));
  });
  await unitOfWork.run(async (unit) => {
    const every = { id: MoreThan(0) };
    await unit.delete(RateEntity, every);
    await unit.delete(RateRevisionEntity, every);
    await unit.delete(QuarantinedFixingEntity, every);
    await unit.delete(CoverageEntity, every);
    await unit.delete(SettingPeriodEntity, every);
    await unit.delete(CurrencyEntity, { cbr_id: Not('') });
    const currencies = CURRENCIES.map(([cbr_id, code], which) => ({
      cbr_id,
      code,
      ...names(which),
    }));
    await unit.insert(CurrencyEntity, currencies);
    await unit.insert(RateEntity, rates);
    await unit.insert(RateRevisionEntity, revisions);
    await unit.insert(QuarantinedFixingEntity, held);
    await unit.insert(CoverageEntity, coverage);
    await unit.insert(SettingPeriodEntity, settings as SettingPeriodEntity[]);
  });
}
