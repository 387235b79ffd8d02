import { In } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import {
  HELD_STATES,
  HeldSheetLineEntity,
  isSameQuotation,
  QuarantinedFixingEntity,
  QuarantineItemEntity,
  type SeriesRecord,
} from '../model/index.js';
import { settleItems } from './held-sheets.js';
import { decide } from './quarantine-decision.js';

/** A held row, and the record of the bank's history for the same day. */
export interface HeldRecord {
  row: QuarantinedFixingEntity | HeldSheetLineEntity;
  record: SeriesRecord;
  isSame: boolean;
}

/** Held single fixings of a sheet, pending and rejected. */
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

/** Pending fixings of one currency from a day on, ordered by day. */
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

/** Held rows of one currency on the days of its records, pending and rejected. */
export async function heldOfSeries(
  unit: Unit,
  cbr_id: string,
  records: readonly SeriesRecord[],
): Promise<HeldRecord[]> {
  const days = { from: records[0]?.effective_date, to: records.at(-1)?.effective_date };
  const rows = await unit
    .select(QuarantineItemEntity, 'held')
    .where('held.cbr_id = :cbr_id', { cbr_id })
    .andWhere({ state: In(HELD_STATES) })
    .andWhere('held.effective_date BETWEEN :from AND :to', days)
    .getMany();
  return rows.filter(isOfCurrency).flatMap((row) => {
    const record = records.find(({ effective_date }) => effective_date === row.effective_date);
    return record ? [{ row, record, isSame: isFigureOf(row, record) }] : [];
  });
}

function isOfCurrency(row: QuarantineItemEntity): row is HeldRecord['row'] {
  return row instanceof QuarantinedFixingEntity || row instanceof HeldSheetLineEntity;
}

/** A sheet that lacks the currency has no figure of it. */
function isFigureOf({ nominal, value }: HeldRecord['row'], record: SeriesRecord): boolean {
  return nominal !== null && value !== null && isSameQuotation(record, { nominal, value });
}

/** Settles held rows by the bank's own history; rejected ones with the same figure stay rejected. */
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
  const lines = held.flatMap(({ row }) => (row instanceof HeldSheetLineEntity ? [row] : []));
  await settleItems(unit, lines, { decided_at, decided_by: null });
}
