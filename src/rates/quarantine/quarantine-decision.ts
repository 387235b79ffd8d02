import { In } from 'typeorm';
import type { Unit } from '../../database/unit.js';
import { QuarantineItemEntity, type QuarantineState } from '../model/index.js';

/** How an item leaves `pending`; `decided_by` as in QuarantineItemEntity. */
export interface Decision {
  state: Exclude<QuarantineState, 'pending'>;
  decided_at: Date;
  decided_by: string | null;
}

/** Stores the decision, and updates the given rows. */
export async function decide(
  unit: Unit,
  rows: readonly QuarantineItemEntity[],
  decision: Decision,
): Promise<void> {
  if (rows.length === 0) return;
  await unit.update(QuarantineItemEntity, { id: In(rows.map(({ id }) => id)) }, { ...decision });
  for (const row of rows) Object.assign(row, decision);
}
