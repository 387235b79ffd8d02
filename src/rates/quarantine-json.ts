import { changePercent, derived, dividedBy } from '../common/rate-arithmetic.js';
import type { V1QuarantinedFixing } from './quarantine.dto.js';
import type { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { priceInTodaysRoubles } from './rouble.js';

/** A held fixing as `/v1` shows it. */
export function quarantinedFixingJson(row: QuarantinedFixingEntity): V1QuarantinedFixing {
  const { id, code, cbr_id, name, nominal, value, effective_date } = row;
  const { previous_value, previous_nominal, previous_date, state, decided_by } = row;
  const price = priceInTodaysRoubles({ nominal, value }, effective_date);
  const before = { nominal: previous_nominal, value: previous_value };
  const moved = dividedBy(price, priceInTodaysRoubles(before, previous_date));
  return {
    ...{ id, code, cbr_id, name, nominal, value, effective_date },
    ...{ previous_value, previous_nominal, previous_date },
    change_percent: changePercent(derived(moved), '1'),
    state,
    held_at: row.held_at.toISOString(),
    decided_at: row.decided_at?.toISOString() ?? null,
    decided_by,
  };
}
