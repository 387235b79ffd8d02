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

/** The items of kind `sheet` that are held, newest first. */
export function heldItems(unit: Unit): Promise<QuarantinedSheetEntity[]> {
  return unit
    .select(QuarantinedSheetEntity, 'item')
    .where({ state: In(HELD_STATES) })
    .orderBy('item.id', 'DESC')
    .getMany();
}

/** The lines of the sheet of a date, where that sheet is held. */
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

/** The lines of an item, without those that the bank has replaced since; in the order of days. */
export function linesOf(unit: Unit, sheet_item_id: number): Promise<HeldSheetLineEntity[]> {
  return unit
    .select(HeldSheetLineEntity, 'line')
    .where({ sheet_item_id, state: Not('withdrawn') })
    .orderBy('line.effective_date', 'ASC')
    .addOrderBy('line.id', 'ASC')
    .getMany();
}

/** Whether the currencies of a sheet are those of the lines. */
export function isSameSet(
  lines: readonly HeldSheetLineEntity[],
  fixings: DailySheet['fixings'],
): boolean {
  const ids = lines.filter(({ value }) => value !== null).map(({ cbr_id }) => cbr_id);
  const other = new Set(fixings.map(({ cbr_id }) => cbr_id));
  return ids.length === other.size && ids.every((id) => other.has(id));
}

/** Takes out of their item the lines of a date. */
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
 * Ends the holding of a sheet that is recorded: one with the same currencies is the sheet that was held,
 * another one replaces it.
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

/** Ends the items of these lines of which nothing is held any more; of others the first date may be another. */
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

/** Whether a line waits, or was rejected. */
export function isHeld({ state }: HeldSheetLineEntity): boolean {
  return HELD_STATES.includes(state);
}
