import { In, Not } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import {
  type DailySheet,
  HELD_STATES,
  HeldSheetLineEntity,
  QuarantinedSheetEntity,
} from '../model/index.js';
import { decide, type Decision } from './quarantine-decision.js';

/** Held items of kind `sheet`, newest first. */
export function heldItems(unit: Unit): Promise<QuarantinedSheetEntity[]> {
  return unit
    .select(QuarantinedSheetEntity, 'item')
    .where({ state: In(HELD_STATES) })
    .orderBy('item.id', 'DESC')
    .getMany();
}

/** Lines of a date's sheet if it is held. */
export async function linesOn(
  unit: Unit,
  effective_date: CalendarDate,
): Promise<HeldSheetLineEntity[]> {
  const lines = await unit
    .select(HeldSheetLineEntity, 'line')
    .where({ effective_date, state: Not('withdrawn') })
    .orderBy('line.id', 'ASC')
    .getMany();
  if (lines.length === 0) return [];
  const held = new Set((await heldItems(unit)).map(({ id }) => id));
  return lines.filter(({ sheet_item_id }) => held.has(sheet_item_id));
}

/** Lines of an item, without those replaced by the bank, ordered by day. */
export function linesOf(unit: Unit, sheet_item_id: number): Promise<HeldSheetLineEntity[]> {
  return unit
    .select(HeldSheetLineEntity, 'line')
    .where({ sheet_item_id, state: Not('withdrawn') })
    .orderBy('line.effective_date', 'ASC')
    .addOrderBy('line.id', 'ASC')
    .getMany();
}

/** Whether a sheet has the same currencies as the lines. */
export function isSameSet(
  lines: readonly HeldSheetLineEntity[],
  fixings: DailySheet['fixings'],
): boolean {
  const ids = lines.filter(({ value }) => value !== null).map(({ cbr_id }) => cbr_id);
  const other = new Set(fixings.map(({ cbr_id }) => cbr_id));
  return ids.length === other.size && ids.every((id) => other.has(id));
}

/** Withdraws the lines of a date from their item. */
export async function withdrawLinesOn(
  unit: Unit,
  date: CalendarDate,
  decision: Omit<Decision, 'state'>,
): Promise<void> {
  await decideLines(unit, await linesOn(unit, date), { ...decision, state: 'withdrawn' });
}

async function decideLines(
  unit: Unit,
  lines: readonly HeldSheetLineEntity[],
  decision: Decision,
): Promise<void> {
  await decide(unit, lines.filter(isHeld), decision);
  await settleItems(unit, lines, decision);
}

/**
 * Settles a held sheet when a sheet of its date is recorded: with the same currencies it is accepted, otherwise
 * replaced.
 */
export async function settleHeldSheet(
  unit: Unit,
  { effective_date, fixings }: DailySheet,
  decided_at: Date,
): Promise<void> {
  const lines = await linesOn(unit, effective_date);
  const state = isSameSet(lines, fixings) ? 'accepted' : 'withdrawn';
  await decideLines(unit, lines, { state, decided_at, decided_by: null });
}

/** Settles items of these lines without a held line; other items may get another first date. */
export async function settleItems(
  unit: Unit,
  lines: readonly HeldSheetLineEntity[],
  { decided_at, decided_by }: Omit<Decision, 'state'>,
): Promise<void> {
  const ids = new Set(lines.map(({ sheet_item_id }) => sheet_item_id));
  for (const item of ids.size === 0 ? [] : await heldItems(unit)) {
    if (!ids.has(item.id)) continue;
    const left = await linesOf(unit, item.id);
    const [first] = left;
    if (first && left.some(isHeld)) {
      const { effective_date, document_id } = first;
      await unit.update(QuarantinedSheetEntity, { id: item.id }, { effective_date, document_id });
    } else {
      await decide(unit, [item], {
        state: first ? 'accepted' : 'withdrawn',
        decided_at,
        decided_by,
      });
    }
  }
}

/** Whether a line is pending or rejected. */
export function isHeld({ state }: HeldSheetLineEntity): boolean {
  return HELD_STATES.includes(state);
}
