import { In } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { Unit } from '../database/unit.js';
import type { SeriesRecord } from './currency-series.js';
import {
  HELD_STATES,
  QuarantinedFixingEntity,
  type QuarantineState,
} from './quarantined-fixing.entity.js';
import { isSameQuotation } from './sheet-difference.js';

/** How a fixing leaves `pending`; `decided_by` as in QuarantinedFixingEntity. */
export interface Decision {
  state: Exclude<QuarantineState, 'pending'>;
  decided_at: Date;
  decided_by: string | null;
}

/** What is held, and what the bank's history says of the same day. */
export interface HeldRecord {
  row: QuarantinedFixingEntity;
  record: SeriesRecord;
  isSame: boolean;
}

/** What is held of a sheet: pending and rejected fixings. */
export function heldOfSheet(
  unit: Unit,
  effective_date: CalendarDate,
): Promise<QuarantinedFixingEntity[]> {
  return unit
    .select(QuarantinedFixingEntity, 'held')
    .where({ effective_date, state: In(HELD_STATES) })
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

/** What is held of one currency on the days of its records, pending and rejected. */
export async function heldOfSeries(
  unit: Unit,
  cbr_id: string,
  records: readonly SeriesRecord[],
): Promise<HeldRecord[]> {
  const days = { from: records[0]?.effective_date, to: records.at(-1)?.effective_date };
  const rows = await unit
    .select(QuarantinedFixingEntity, 'held')
    .where({ cbr_id, state: In(HELD_STATES) })
    .andWhere('held.effective_date BETWEEN :from AND :to', days)
    .getMany();
  return rows.flatMap((row) => {
    const record = records.find(({ effective_date }) => effective_date === row.effective_date);
    return record ? [{ row, record, isSame: isSameQuotation(record, row) }] : [];
  });
}

/** Ends the holding of what the bank's own history has settled; what it repeats of the rejected stays so. */
export async function settleByHistory(
  unit: Unit,
  held: readonly HeldRecord[],
  decided_at: Date,
): Promise<void> {
  for (const { row, isSame } of held) {
    if (isSame && row.state === 'rejected') continue;
    const state = isSame ? 'accepted' : 'withdrawn';
    await decide(unit, [row], { state, decided_at, decided_by: null });
  }
}
