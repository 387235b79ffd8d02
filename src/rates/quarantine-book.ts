import { In } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { Unit } from '../database/unit.js';
import type { SeriesRecord } from './currency-series.js';
import { QuarantinedFixingEntity, type QuarantineState } from './quarantined-fixing.entity.js';
import { isSameQuotation } from './sheet-difference.js';

/** How a fixing leaves `pending`; `decided_by` as in QuarantinedFixingEntity. */
export interface Decision {
  state: Exclude<QuarantineState, 'pending'>;
  decided_at: Date;
  decided_by: string | null;
}

/** What is held of a sheet: pending and rejected fixings. */
export function heldOfSheet(
  unit: Unit,
  effective_date: CalendarDate,
): Promise<QuarantinedFixingEntity[]> {
  return unit
    .select(QuarantinedFixingEntity, 'held')
    .where({ effective_date, state: In(['pending', 'rejected']) })
    .orderBy('held.id', 'ASC')
    .getMany();
}

/** What waits of one currency from a day on, in the order of days. */
export function pendingFrom(
  unit: Unit,
  cbr_id: string,
  from: CalendarDate,
): Promise<QuarantinedFixingEntity[]> {
  return unit
    .select(QuarantinedFixingEntity, 'held')
    .where("held.cbr_id = :cbr_id AND held.state = 'pending'", { cbr_id })
    .andWhere('held.effective_date >= :from', { from })
    .orderBy('held.effective_date', 'ASC')
    .getMany();
}

/** Notes the decision, in the rows as well. */
export async function decide(
  unit: Unit,
  rows: readonly QuarantinedFixingEntity[],
  decision: Decision,
): Promise<void> {
  if (rows.length === 0) return;
  await unit.update(QuarantinedFixingEntity, { id: In(rows.map(({ id }) => id)) }, { ...decision });
  for (const row of rows) Object.assign(row, decision);
}

/** Ends the waiting of fixings that the bank's own history has settled, in the order of days of one currency. */
export async function settleByHistory(
  unit: Unit,
  cbr_id: string,
  records: readonly SeriesRecord[],
  decided_at: Date,
): Promise<void> {
  const [first] = records;
  if (!first) return;
  const recorded = new Map(records.map((record) => [record.effective_date, record]));
  for (const row of await pendingFrom(unit, cbr_id, first.effective_date)) {
    const record = recorded.get(row.effective_date);
    if (!record) continue;
    const state = isSameQuotation(record, row) ? 'accepted' : 'withdrawn';
    await decide(unit, [row], { state, decided_at, decided_by: null });
  }
}
